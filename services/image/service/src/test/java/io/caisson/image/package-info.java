@NullMarked
package io.caisson.image;

import org.jspecify.annotations.NullMarked;
