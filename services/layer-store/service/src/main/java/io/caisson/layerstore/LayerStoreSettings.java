package io.caisson.layerstore;

import io.caisson.kernel.NodeId;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What an operator may set. */
@ApplicationScoped
class LayerStoreSettings {
    private final Path data;
    private final String node;
    private final int downloads;
    private final int uploads;
    private final Duration stall;
    private final int attempts;
    private final long maxSize;

    LayerStoreSettings(
            @ConfigProperty(name = "caisson.data", defaultValue = "/var/lib/caisson") Path data,
            @ConfigProperty(name = "caisson.node", defaultValue = "local") String node,
            @ConfigProperty(name = "caisson.max-concurrent-downloads") int downloads,
            @ConfigProperty(name = "caisson.max-concurrent-uploads") int uploads,
            @ConfigProperty(name = "caisson.layers.stall") Duration stall,
            @ConfigProperty(name = "caisson.layers.attempts") int attempts,
            @ConfigProperty(name = "caisson.layers.max-size") long maxSize) {
        this.data = data;
        this.node = node;
        this.downloads = downloads;
        this.uploads = uploads;
        this.stall = stall;
        this.attempts = attempts;
        this.maxSize = maxSize;
    }

    /** Everything of this service lies below it. */
    Path folder() {
        return data.toAbsolutePath().normalize().resolve("layers");
    }

    NodeId node() {
        return new NodeId(node);
    }

    /** Docker's {@code max-concurrent-downloads}. */
    int downloads() {
        return Math.max(1, downloads);
    }

    /** Docker's {@code max-concurrent-uploads}. */
    int uploads() {
        return Math.max(1, uploads);
    }

    Duration stall() {
        return stall;
    }

    int attempts() {
        return Math.max(1, attempts);
    }

    /** The most bytes that one layer may unpack to. */
    long maxSize() {
        return maxSize;
    }
}
