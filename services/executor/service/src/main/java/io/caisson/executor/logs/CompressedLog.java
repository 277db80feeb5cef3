package io.caisson.executor.logs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;

/**
 * A rotated log that the monitor has compressed. An empty gzip member at its beginning has the number of the file that was
 * compressed as its name: who was reading that one finds its place again.
 */
final class CompressedLog {
    private static final int NAME = 10;
    private static final int LONGEST = 32;

    private CompressedLog() {}

    static FileChannel open(Path path) throws IOException {
        Path unpacked = Files.createTempFile("caisson-log", null);
        FileChannel channel = FileChannel.open(
                unpacked, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try (InputStream packed = new GZIPInputStream(Files.newInputStream(path))) {
            OutputStream to = Channels.newOutputStream(channel);
            var _ = packed.transferTo(to);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** @param key of a file, as the JDK tells it: device and number */
    static boolean isOf(Path path, Object key) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(NAME + LONGEST);
        } catch (NoSuchFileException _) {
            return false; // rotated out just now
        }
        int end = NAME;
        while (end < head.length && head[end] != 0) {
            end++;
        }
        String number = new String(head, NAME, Math.max(0, end - NAME), StandardCharsets.US_ASCII);
        return !number.isEmpty() && key.toString().endsWith("ino=" + number + ")");
    }
}
