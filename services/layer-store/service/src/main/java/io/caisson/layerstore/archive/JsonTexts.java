package io.caisson.layerstore.archive;

import io.caisson.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tells which files of an archive are JSON to be read by whoever opened it; in all, they are not many bytes. */
final class JsonTexts {
    private static final long ONE = 4 << 20;
    private static final long ALL = 32 << 20;
    private long read;

    @Nullable
    String read(Path file, long size) throws IOException {
        if (size == 0 || size > ONE || !startsAsJson(file)) {
            return null;
        }
        read += size;
        if (read > ALL) {
            throw Fault.invalid("invalid archive: too much JSON");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }

    private static boolean startsAsJson(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            for (byte b : in.readNBytes(64)) {
                if (b == '{' || b == '[') {
                    return true;
                }
                if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                    return false;
                }
            }
            return false;
        }
    }
}
