/** What the image service remembers, in the schema image. */
@NullMarked
package io.caisson.image.store;

import org.jspecify.annotations.NullMarked;
