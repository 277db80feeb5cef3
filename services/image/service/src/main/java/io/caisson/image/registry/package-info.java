/** The client's side of the registry protocol: one class per verb. */
@NullMarked
package io.caisson.image.registry;

import org.jspecify.annotations.NullMarked;
