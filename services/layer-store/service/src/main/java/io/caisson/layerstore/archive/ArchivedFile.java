package io.caisson.layerstore.archive;

import io.caisson.oci.Digest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A regular file of an archive, spooled.
 *
 * @param text its content when that is short JSON
 */
public record ArchivedFile(
        Path file, Digest digest, long size, @Nullable String text) {}
