package io.caisson.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Tars built by code, byte by byte, so that wrong ones can be built too.
 *
 * <pre>{@code
 * byte[] tar = new TarBuilder().dir("etc/").file("etc/motd", "hello").symlink("a", "etc").build();
 * }</pre>
 *
 * <p>Owner, mode, time and extended attributes are those set last, until they are set anew.
 */
public final class TarBuilder {
    private static final int BLOCK = 512;
    private static final int MAGIC = 257;
    private static final int CHECKSUM = 148;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<String, byte[]> pax = new LinkedHashMap<>();
    private int mode = 0644;
    private long uid;
    private long gid;
    private long seconds = 1_700_000_000L;

    public TarBuilder mode(int bits) {
        mode = bits;
        return this;
    }

    public TarBuilder owner(long user, long group) {
        uid = user;
        gid = group;
        return this;
    }

    public TarBuilder modified(long epochSeconds) {
        seconds = epochSeconds;
        return this;
    }

    /** A PAX record of the next entry only, such as {@code mtime} or {@code SCHILY.xattr.user.x}. */
    public TarBuilder pax(String key, String value) {
        return pax(key, value.getBytes(StandardCharsets.UTF_8));
    }

    public TarBuilder pax(String key, byte[] value) {
        pax.put(key, value);
        return this;
    }

    public TarBuilder xattr(String name, String value) {
        return pax("SCHILY.xattr." + name, value);
    }

    public TarBuilder dir(String path) {
        return raw('5', path, "", new byte[0], 0, 0);
    }

    public TarBuilder file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public TarBuilder file(String path, byte[] content) {
        return raw('0', path, "", content, 0, 0);
    }

    public TarBuilder symlink(String path, String target) {
        return raw('2', path, target, new byte[0], 0, 0);
    }

    public TarBuilder hardlink(String path, String target) {
        return raw('1', path, target, new byte[0], 0, 0);
    }

    public TarBuilder fifo(String path) {
        return raw('6', path, "", new byte[0], 0, 0);
    }

    public TarBuilder characterDevice(String path, int major, int minor) {
        return raw('3', path, "", new byte[0], major, minor);
    }

    public TarBuilder blockDevice(String path, int major, int minor) {
        return raw('4', path, "", new byte[0], major, minor);
    }

    /** The mark that deletes {@code path} of the layers below. */
    public TarBuilder whiteout(String path) {
        int name = path.lastIndexOf('/') + 1;
        return file(path.substring(0, name) + ".wh." + path.substring(name), "");
    }

    /** The mark that hides what the layers below have in {@code folder}. */
    public TarBuilder opaque(String folder) {
        return file(folder + "/.wh..wh..opq", "");
    }

    /** A GNU long name for the next entry. */
    public TarBuilder gnuLongName(String name) {
        return raw('L', "././@LongLink", "", (name + "\0").getBytes(StandardCharsets.UTF_8), 0, 0);
    }

    /** Any entry; long names become PAX records. */
    public TarBuilder raw(char type, String path, String link, byte[] content, int major, int minor) {
        if (type != 'L' && type != 'x') {
            if (utf8(path).length > 100) {
                pax("path", path);
            }
            if (utf8(link).length > 100) {
                pax("linkpath", link);
            }
            flushPax();
        }
        header(type, path, link, content.length, major, minor);
        return bytes(content).pad();
    }

    /** A header alone, whatever follows it. */
    public TarBuilder header(char type, String path, String link, long size, int major, int minor) {
        byte[] block = new byte[BLOCK];
        put(block, 0, 100, utf8(path));
        octal(block, 100, 8, mode);
        octal(block, 108, 8, uid);
        octal(block, 116, 8, gid);
        octal(block, 124, 12, size);
        octal(block, 136, 12, seconds);
        block[156] = (byte) type;
        put(block, 157, 100, utf8(link));
        put(block, MAGIC, 8, utf8("ustar\00000"));
        octal(block, 329, 8, major);
        octal(block, 337, 8, minor);
        checksum(block);
        return bytes(block);
    }

    /** Bytes as they are. */
    public TarBuilder bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    private TarBuilder pad() {
        return bytes(new byte[(BLOCK - out.size() % BLOCK) % BLOCK]);
    }

    private void flushPax() {
        if (pax.isEmpty()) {
            return;
        }
        var records = new ByteArrayOutputStream();
        pax.forEach((key, value) -> records.writeBytes(record(key, value)));
        pax.clear();
        raw('x', "PaxHeaders/entry", "", records.toByteArray(), 0, 0);
    }

    private static byte[] record(String key, byte[] value) {
        int rest = 1 + utf8(key).length + 1 + value.length + 1;
        int length = rest + 1;
        while (String.valueOf(length).length() + rest != length) {
            length = String.valueOf(length).length() + rest;
        }
        var record = new ByteArrayOutputStream();
        record.writeBytes(utf8(length + " " + key + "="));
        record.writeBytes(value);
        record.write('\n');
        return record.toByteArray();
    }

    /** The tar with its end mark. */
    public byte[] build() {
        bytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    /** The same, compressed. */
    public byte[] gzip() {
        return gzip(build());
    }

    public static byte[] gzip(byte[] plain) {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private static void checksum(byte[] block) {
        put(block, CHECKSUM, 8, utf8("        "));
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, CHECKSUM, 8, utf8("%06o\0 ".formatted(sum)));
    }

    private static void octal(byte[] block, int at, int length, long value) {
        String digits = Long.toOctalString(value);
        if (digits.length() > length - 1) {
            for (int i = length - 1; i > 0; i--, value >>= 8) {
                block[at + i] = (byte) value;
            }
            block[at] = (byte) 0x80;
            return;
        }
        put(block, at, length, utf8("0".repeat(length - 1 - digits.length()) + digits));
    }

    private static void put(byte[] block, int at, int length, byte[] text) {
        System.arraycopy(text, 0, block, at, Math.min(text.length, length));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
