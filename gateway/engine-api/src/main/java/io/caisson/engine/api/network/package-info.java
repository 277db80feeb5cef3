/** Networks and volumes on the wire. */
@NullMarked
package io.caisson.engine.api.network;

import org.jspecify.annotations.NullMarked;
