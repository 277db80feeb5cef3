package io.caisson.layerstore.pass;

import io.caisson.layerstore.pass.PassResult.Content;
import io.caisson.layerstore.tar.LayerUnpacker;
import io.caisson.layerstore.tar.UnpackedLayer;
import io.caisson.oci.Digest;
import io.caisson.tar.Compression;
import io.caisson.tar.TarException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads a layer once and does everything with it at the same time:
 *
 * <pre>
 * source ─┬─ keep (file)
 *         ├─ hash: digest of the blob
 *         └─ decompress ─┬─ hash: diffId
 *                        └─ unpack
 * </pre>
 */
public final class LayerPass {
    private final String blobAlgorithm;
    private final @Nullable Digest known;
    private final String diffAlgorithm;
    private final PassProgress progress;
    private final long maxSize;

    /** @param maxSize the most bytes that the plain tar may have */
    public LayerPass(String blobAlgorithm, String diffAlgorithm, PassProgress progress, long maxSize) {
        this(blobAlgorithm, null, diffAlgorithm, progress, maxSize);
    }

    /** For bytes that were hashed before, and are this process's own since. */
    public LayerPass(Digest known, String diffAlgorithm, long maxSize) {
        this(known.algorithm(), known, diffAlgorithm, PassProgress.SILENT, maxSize);
    }

    private LayerPass(
            String blobAlgorithm, @Nullable Digest known, String diffAlgorithm, PassProgress progress, long maxSize) {
        this.maxSize = maxSize;
        this.blobAlgorithm = blobAlgorithm;
        this.known = known;
        this.diffAlgorithm = diffAlgorithm;
        this.progress = progress;
    }

    /**
     * Blocks until all is done, on several threads of its own; an interrupt ends it early. Bytes that are no layer are read
     * to their end, so that their digest is known.
     *
     * @param keep gets the bytes as they come; not closed
     * @param folder exists and is empty; half full when this fails
     */
    public PassResult run(InputStream source, OutputStream keep, Path folder) throws IOException {
        var packed = new Pipe();
        var blobHash = new Pipe();
        var tar = new Pipe();
        var diffHash = new Pipe();
        try (var crew = new Crew(List.of(packed, blobHash, tar, diffHash))) {
            var broken = new AtomicReference<@Nullable String>();
            FutureTask<Digest> blob = crew.start("blob-hash", () -> blobDigest(blobHash));
            FutureTask<Compression> compression =
                    crew.start("decompress", () -> decompress(packed, diffHash, tar, broken));
            FutureTask<Digest> diffId = crew.start("diff-hash", () -> hash(diffAlgorithm, diffHash));
            FutureTask<UnpackedLayer> layer = crew.start("unpack", () -> unpack(tar, folder, broken));
            long size = pump(crew, source, keep, blobHash, packed);
            progress.received();
            watch(layer, packed, size);
            Digest digest = crew.result(blob);
            Digest diff = isItsOwnDiff(crew.result(compression)) ? digest : crew.result(diffId);
            var content = new Content(crew.result(compression), diff, crew.result(layer));
            String why = broken.get();
            return new PassResult(digest, size, why == null ? content : null, why);
        }
    }

    private long pump(Crew crew, InputStream source, OutputStream keep, Pipe blobHash, Pipe packed) throws IOException {
        long size = 0;
        try {
            for (byte[] chunk = read(source); chunk.length > 0; chunk = read(source)) {
                blobHash.put(chunk);
                packed.put(chunk);
                keep.write(chunk);
                size += chunk.length;
                progress.receiving(size);
            }
            blobHash.end();
            packed.end();
            return size;
        } catch (IOException | RuntimeException e) {
            crew.fail(e);
            throw crew.failure(e);
        }
    }

    /** What there is, so that slow networks show progress. */
    private static byte[] read(InputStream in) throws IOException {
        byte[] chunk = new byte[Pipe.CHUNK];
        int length = 0;
        while (length < Pipe.CHUNK / 2) {
            int n = in.read(chunk, length, Pipe.CHUNK - length);
            if (n < 0) {
                break;
            }
            length += n;
        }
        return length == Pipe.CHUNK ? chunk : Arrays.copyOf(chunk, length);
    }

    private void watch(FutureTask<UnpackedLayer> layer, Pipe packed, long size) {
        while (!layer.isDone()
                && packed.taken() < size
                && !Thread.currentThread().isInterrupted()) {
            progress.unpacking(packed.taken(), size);
            try {
                var _ = layer.get(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException _) {
                // The result is asked for by whoever needs it.
            }
        }
    }

    /** A plain tar has one digest: it need not be hashed twice. */
    private boolean isItsOwnDiff(Compression compression) {
        return compression == Compression.NONE && blobAlgorithm.equals(diffAlgorithm);
    }

    private Digest blobDigest(Pipe pipe) throws IOException {
        if (known == null) {
            return hash(blobAlgorithm, pipe);
        }
        pipe.close();
        return known;
    }

    private static Digest hash(String algorithm, Pipe pipe) throws IOException {
        MessageDigest hash = Hashes.of(algorithm);
        for (byte[] chunk = pipe.take(); chunk != null; chunk = pipe.take()) {
            hash.update(chunk);
        }
        return Digest.of(algorithm, hash.digest());
    }

    private Compression decompress(Pipe packed, Pipe diffHash, Pipe tar, AtomicReference<@Nullable String> broken)
            throws IOException {
        Compression compression = Compression.of(packed.peek(Compression.MAGIC));
        if (isItsOwnDiff(compression)) {
            diffHash.close();
        }
        try (InputStream plain = compression.open(packed)) {
            long size = 0;
            for (byte[] chunk = full(plain); chunk.length > 0; chunk = full(plain)) {
                diffHash.put(chunk);
                tar.put(chunk);
                size += chunk.length;
                if (size > maxSize) {
                    throw new IOException("layer is larger than " + maxSize + " bytes");
                }
            }
        } catch (Pipe.CutException e) {
            throw e;
        } catch (IOException e) {
            var _ = broken.compareAndSet(null, "cannot decompress: " + e.getMessage());
            packed.close();
        }
        diffHash.end();
        tar.end();
        return compression;
    }

    private static byte[] full(InputStream in) throws IOException {
        byte[] chunk = new byte[Pipe.CHUNK];
        int n = in.readNBytes(chunk, 0, chunk.length);
        return n == chunk.length ? chunk : Arrays.copyOf(chunk, n);
    }

    private UnpackedLayer unpack(Pipe tar, Path folder, AtomicReference<@Nullable String> broken) throws IOException {
        try (tar;
                var unpacker = new LayerUnpacker(folder, maxSize)) {
            return unpacker.unpack(tar);
        } catch (TarException e) {
            var _ = broken.compareAndSet(null, e.getMessage());
            return UnpackedLayer.NOTHING;
        }
    }
}
