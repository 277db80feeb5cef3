package io.caisson.image.api;

import io.caisson.kernel.NodeId;
import io.caisson.oci.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record SaveImages(
        NodeId node, List<String> names, @Nullable Platform platform) {
    public SaveImages {
        names = List.copyOf(names);
    }
}
