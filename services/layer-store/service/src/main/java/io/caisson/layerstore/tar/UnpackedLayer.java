package io.caisson.layerstore.tar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of unpacking a layer.
 *
 * @param size bytes of its regular files
 * @param root what the tar says of the root folder; null when it says nothing, so that a layer below decides
 * @param opaqueRoot true when it hides all that is below it
 * @param implicitFolders those that it uses without saying anything of their owner and mode
 */
public record UnpackedLayer(
        long size, long entries, @Nullable RootAttributes root, boolean opaqueRoot, List<String> implicitFolders) {
    public UnpackedLayer {
        implicitFolders = List.copyOf(implicitFolders);
    }

    public static final UnpackedLayer NOTHING = new UnpackedLayer(0, 0, null, false, List.of());
}
