@NullMarked
package io.caisson.image.archive;

import org.jspecify.annotations.NullMarked;
