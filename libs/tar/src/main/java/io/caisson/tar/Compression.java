package io.caisson.tar;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.caisson.oci.MediaTypes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** How bytes are packed, told by their first ones and not by what anybody claims. */
public enum Compression {
    NONE,
    GZIP,
    ZSTD,
    XZ,
    BZIP2;

    /** Bytes that are needed to tell. */
    public static final int MAGIC = 6;

    private static final int BUFFER = 64 * 1024;
    /** In KiB: what the highest preset of xz needs. */
    private static final int XZ_MEMORY = 80 * 1024;

    public static Compression of(byte[] start) {
        if (starts(start, 0x1f, 0x8b, 0x08)) {
            return GZIP;
        }
        if (starts(start, 0x28, 0xb5, 0x2f, 0xfd)) {
            return ZSTD;
        }
        if (starts(start, 0xfd, '7', 'z', 'X', 'Z', 0x00)) {
            return XZ;
        }
        return starts(start, 'B', 'Z', 'h') ? BZIP2 : NONE;
    }

    /** The plain bytes of {@code in}, which need not support marks. */
    public static InputStream decompress(InputStream in) throws IOException {
        var buffered = new BufferedInputStream(in, BUFFER);
        buffered.mark(MAGIC);
        byte[] start = buffered.readNBytes(MAGIC);
        buffered.reset();
        return of(start).open(buffered);
    }

    /** The plain bytes; {@code in} closes with them. */
    public InputStream open(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in, BUFFER);
            case ZSTD -> new ZstdInputStreamNoFinalizer(in).setContinuous(false);
            case XZ -> new XZInputStream(in, XZ_MEMORY);
            case BZIP2 -> new BZip2CompressorInputStream(in, true);
        };
    }

    /** Whether layers are transferred like this. */
    public boolean hasLayerType() {
        return switch (this) {
            case NONE, GZIP, ZSTD -> true;
            case XZ, BZIP2 -> false;
        };
    }

    /** The media type of a layer that is kept like this; a layer in xz or bzip2 has none of its own. */
    public String layerType() {
        return switch (this) {
            case NONE, XZ, BZIP2 -> MediaTypes.DOCKER_LAYER;
            case GZIP -> MediaTypes.DOCKER_LAYER_GZIP;
            case ZSTD -> MediaTypes.OCI_LAYER_ZSTD;
        };
    }

    private static boolean starts(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
