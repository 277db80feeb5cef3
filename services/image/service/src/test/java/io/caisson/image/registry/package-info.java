@NullMarked
package io.caisson.image.registry;

import org.jspecify.annotations.NullMarked;
