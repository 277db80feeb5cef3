package io.caisson.layerstore;

import io.caisson.layerstore.api.LayerProgress;
import io.caisson.layerstore.pass.PassProgress;
import java.util.function.Consumer;

/** A pass's progress in the words of a pull, ten times a second at most. */
final class FetchProgress implements PassProgress {
    private static final long PAUSE_NANOS = 100_000_000;

    private final Consumer<LayerProgress> reader;
    private final long total;
    private long reported = System.nanoTime() - PAUSE_NANOS;

    FetchProgress(Consumer<LayerProgress> reader, long total) {
        this.reader = reader;
        this.total = total;
    }

    @Override
    public void receiving(long bytes) {
        long now = System.nanoTime();
        if (now - reported >= PAUSE_NANOS) {
            reported = now;
            reader.accept(new LayerProgress.Downloading(bytes, total));
        }
    }

    @Override
    public void received() {
        reader.accept(new LayerProgress.Verifying());
        reader.accept(new LayerProgress.DownloadComplete());
    }

    @Override
    public void unpacking(long bytes, long size) {
        reader.accept(new LayerProgress.Extracting(bytes, size));
    }
}
