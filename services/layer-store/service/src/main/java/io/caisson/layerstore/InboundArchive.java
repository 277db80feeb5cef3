package io.caisson.layerstore;

import io.caisson.kernel.Fault;
import io.caisson.layerstore.archive.ArchiveReceiver;
import io.caisson.layerstore.archive.ArchivedFile;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One archive on its way in. */
final class InboundArchive {
    private static final long PATIENCE = Duration.ofHours(1).toNanos();

    private final Path folder;
    private final boolean whole;
    private final CompletableFuture<Map<String, ArchivedFile>> files = new CompletableFuture<>();
    private volatile long touched = System.nanoTime();
    private volatile boolean receiving;
    private volatile @Nullable InputStream source;

    InboundArchive(Path folder, boolean whole) {
        this.folder = folder;
        this.whole = whole;
    }

    Path folder() {
        return folder;
    }

    /** Blocks until all has come, or fails; who asked for the files is told. */
    void receive(InputStream in) throws IOException {
        receiving = true;
        source = in;
        try {
            var receiver = new ArchiveReceiver(folder);
            var received = whole ? receiver.whole(in) : receiver.tar(in);
            var _ = files.complete(received);
        } catch (IOException | RuntimeException e) {
            var _ = files.completeExceptionally(LayerFaults.translate(e));
            throw e;
        } finally {
            receiving = false;
            touched = System.nanoTime();
        }
    }

    Uni<Map<String, ArchivedFile>> received() {
        touched = System.nanoTime();
        return Uni.createFrom().completionStage(files::copy);
    }

    /** Ends what is still coming. */
    void cut() throws IOException {
        var _ = files.completeExceptionally(new Fault(Fault.Kind.CANCELLED, "the archive was closed"));
        InputStream in = source;
        if (in != null && receiving) {
            in.close();
        }
    }

    boolean isAbandoned() {
        return !receiving && System.nanoTime() - touched > PATIENCE;
    }
}
