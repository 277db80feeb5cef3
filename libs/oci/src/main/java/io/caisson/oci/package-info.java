/** Words of the OCI image, distribution and runtime specifications as immutable records. JDK only. */
@NullMarked
package io.caisson.oci;

import org.jspecify.annotations.NullMarked;
