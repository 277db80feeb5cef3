/** From a container to the runtime's configuration: pure. */
@NullMarked
package io.caisson.container.spec;

import org.jspecify.annotations.NullMarked;
