/** Tests. */
@NullMarked
package io.caisson.tar;

import org.jspecify.annotations.NullMarked;
