/** The whole platform, as its users use it: real clients, real registry, real host. */
@NullMarked
package io.caisson.e2e;

import org.jspecify.annotations.NullMarked;
