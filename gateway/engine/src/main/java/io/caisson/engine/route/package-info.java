/** One class per section of the API: parse, call the port, map. */
@NullMarked
package io.caisson.engine.route;

import org.jspecify.annotations.NullMarked;
