/** The flows of the image service: pull, load, import, save, tag, remove. */
@NullMarked
package io.caisson.image;

import org.jspecify.annotations.NullMarked;
