/** What a process tells about itself to whoever reads its metrics. */
@NullMarked
package io.caisson.bus.metrics;

import org.jspecify.annotations.NullMarked;
