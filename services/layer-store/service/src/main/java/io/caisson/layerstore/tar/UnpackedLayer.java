package io.caisson.layerstore.tar;

import org.jspecify.annotations.Nullable;

/**
 * What came of unpacking a layer.
 *
 * @param size bytes of its regular files
 * @param root what the tar says of the root folder; null when it says nothing, so that a layer below decides
 * @param opaqueRoot true when it hides all that is below it
 */
public record UnpackedLayer(
        long size, long entries, @Nullable RootAttributes root, boolean opaqueRoot) {
    public static final UnpackedLayer NOTHING = new UnpackedLayer(0, 0, null, false);
}
