/** Names of images and what they point at; pull, load, save. */
@NullMarked
package io.caisson.image.api;

import org.jspecify.annotations.NullMarked;
