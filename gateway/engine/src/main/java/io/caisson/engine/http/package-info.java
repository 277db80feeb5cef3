/** Requests and answers: routes, versions, bodies, faults as status codes. */
@NullMarked
package io.caisson.engine.http;

import org.jspecify.annotations.NullMarked;
