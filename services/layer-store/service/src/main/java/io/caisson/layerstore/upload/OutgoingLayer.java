package io.caisson.layerstore.upload;

import io.caisson.layerstore.pass.Hashes;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.MediaTypes;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The bytes of a layer on their way to a registry: as they are kept, or compressed and hashed as they go. */
public final class OutgoingLayer extends FilterInputStream {
    private static final String ALGORITHM = "sha256";

    private final @Nullable Descriptor kept;
    private final MessageDigest hash;
    private long size;

    private OutgoingLayer(InputStream in, @Nullable Descriptor kept, MessageDigest hash) {
        super(in);
        this.kept = kept;
        this.hash = hash;
    }

    /** The file is the blob. */
    public static OutgoingLayer asKept(Path file, Descriptor blob, LongConsumer reader) throws IOException {
        var in = new MeteredInput(Files.newInputStream(file), reader);
        return new OutgoingLayer(in, blob, Hashes.of(ALGORITHM));
    }

    /** The file is a plain tar. */
    public static OutgoingLayer compressed(Path file, LongConsumer reader) throws IOException {
        MessageDigest hash = Hashes.of(ALGORITHM);
        var gzip = new GzipInput(new MeteredInput(Files.newInputStream(file), reader));
        return new OutgoingLayer(new DigestInputStream(gzip, hash), null, hash);
    }

    /** Negative when it is not known before the end. */
    public long length() {
        return kept == null ? -1 : kept.size();
    }

    /** What was sent, once all is read. */
    public Descriptor blob() {
        return kept != null
                ? kept
                : Descriptor.of(MediaTypes.DOCKER_LAYER_GZIP, Digest.of(ALGORITHM, hash.digest()), size);
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        size += b < 0 ? 0 : 1;
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        size += Math.max(0, n);
        return n;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
