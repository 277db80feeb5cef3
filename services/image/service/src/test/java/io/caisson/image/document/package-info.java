@NullMarked
package io.caisson.image.document;

import org.jspecify.annotations.NullMarked;
