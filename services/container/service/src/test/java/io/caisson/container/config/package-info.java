/** Tests of the pure parts. */
@NullMarked
package io.caisson.container.config;

import org.jspecify.annotations.NullMarked;
