/** Progress of pulls and loads, line by line. */
@NullMarked
package io.caisson.engine.api.progress;

import org.jspecify.annotations.NullMarked;
