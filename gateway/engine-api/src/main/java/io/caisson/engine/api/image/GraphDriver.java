package io.caisson.engine.api.image;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the files are kept; like Docker with containerd's snapshots, without the directories. */
public record GraphDriver(@Nullable Map<String, String> data, String name) {
    public static final GraphDriver OVERLAY = new GraphDriver(null, "overlayfs");
}
