/** Tests of the metadata layer, against a real server. */
@NullMarked
package io.caisson.metadata;

import org.jspecify.annotations.NullMarked;
