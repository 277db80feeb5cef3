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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One archive on its way in. */
final class InboundArchive {
    private final Path folder;
    private final boolean whole;
    private final CompletableFuture<Map<String, ArchivedFile>> files = new CompletableFuture<>();
    private volatile long touched = System.nanoTime();
    private final AtomicInteger uses = new AtomicInteger();
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
        begin();
        source = in;
        try {
            var receiver = new ArchiveReceiver(folder);
            var received = whole ? receiver.whole(in) : receiver.tar(in);
            var _ = files.complete(received);
        } catch (IOException | RuntimeException e) {
            var _ = files.completeExceptionally(LayerFaults.translate(e));
            throw e;
        } finally {
            source = null;
            end();
        }
    }

    Uni<Map<String, ArchivedFile>> received() {
        touched = System.nanoTime();
        return Uni.createFrom().completionStage(files::copy);
    }

    /** While a file of it is being read, the archive is not idle. */
    <T> Uni<T> file(String path, Function<ArchivedFile, Uni<T>> work) {
        return received().chain(files -> {
            ArchivedFile file = files.get(path);
            if (file == null) {
                throw Fault.notFound("no such file in the archive: " + path);
            }
            begin();
            return Uni.createFrom()
                    .deferred(() -> work.apply(file))
                    .onTermination()
                    .invoke(this::end);
        });
    }

    private void begin() {
        int _ = uses.incrementAndGet();
    }

    private void end() {
        touched = System.nanoTime();
        int _ = uses.decrementAndGet();
    }

    /** Ends what is still coming. */
    void cut() throws IOException {
        var _ = files.completeExceptionally(new Fault(Fault.Kind.CANCELLED, "the archive was closed"));
        InputStream in = source;
        if (in != null) {
            in.close();
        }
    }

    /** Nothing comes in, nothing is read, and for so long nobody has asked. */
    boolean isIdle(Duration patience) {
        return uses.get() == 0 && System.nanoTime() - touched > patience.toNanos();
    }
}
