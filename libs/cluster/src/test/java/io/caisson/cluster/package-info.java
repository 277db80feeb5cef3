/** Tests with processes of their own. */
@NullMarked
package io.caisson.cluster;

import org.jspecify.annotations.NullMarked;
