/** Image configs, manifests and indexes: from the bytes of strangers to records, and back. */
@NullMarked
package io.caisson.image.document;

import org.jspecify.annotations.NullMarked;
