package io.caisson.tar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The bytes of headers. */
final class TarEncoding {
    private static final int NAME = 100;
    private static final int MAX_ID = 07777777;
    private static final long MAX_NUMBER = 077777777777L;
    private static final int CHECKSUM = 148;

    private TarEncoding() {}

    /** The entry's header, with an extended one before it where it needs that. */
    static byte[] header(TarEntry entry) {
        Map<String, byte[]> extended = extended(entry);
        byte[] header = ustar(entry, typeFlag(entry.type()), name(entry), entry.size());
        if (extended.isEmpty()) {
            return header;
        }
        byte[] records = records(extended);
        var plain =
                new TarEntry(TarType.FILE, "", "", 0644, 0, 0, records.length, entry.modified(), 0, 0, Map.of(), null);
        var all = new ByteArrayOutputStream();
        all.writeBytes(ustar(plain, 'x', "PaxHeaders/" + lastName(entry.path()), records.length));
        all.writeBytes(records);
        all.writeBytes(new byte[-records.length & TarHeader.BLOCK - 1]);
        all.writeBytes(header);
        return all.toByteArray();
    }

    private static String name(TarEntry entry) {
        boolean bare = entry.type() == TarType.DIRECTORY && !entry.path().endsWith("/");
        return bare ? entry.path() + "/" : entry.path();
    }

    private static String lastName(String path) {
        String name = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static Map<String, byte[]> extended(TarEntry entry) {
        Map<String, byte[]> records = new TreeMap<>();
        putText(records, "path", name(entry));
        putText(records, "linkpath", entry.link());
        putNumber(records, "uid", Integer.toUnsignedLong(entry.uid()), MAX_ID);
        putNumber(records, "gid", Integer.toUnsignedLong(entry.gid()), MAX_ID);
        putNumber(records, "size", entry.size(), MAX_NUMBER);
        putNumber(records, "mtime", entry.modified().getEpochSecond(), MAX_NUMBER);
        entry.xattrs().forEach((name, value) -> records.put("SCHILY.xattr." + name, value));
        return records;
    }

    private static void putText(Map<String, byte[]> records, String key, String text) {
        byte[] bytes = bytes(text);
        if (bytes.length > NAME || bytes.length != text.length()) {
            records.put(key, bytes);
        }
    }

    private static void putNumber(Map<String, byte[]> records, String key, long number, long limit) {
        if (number < 0 || number > limit) {
            records.put(key, bytes(Long.toString(number)));
        }
    }

    /** {@code length key=value\n}, where the length counts itself. */
    private static byte[] records(Map<String, byte[]> extended) {
        var all = new ByteArrayOutputStream();
        extended.forEach((key, value) -> {
            int rest = bytes(key).length + value.length + 3;
            int length = rest + Integer.toString(rest).length();
            length = rest + Integer.toString(length).length();
            all.writeBytes(bytes(length + " " + key + "="));
            all.writeBytes(value);
            all.write('\n');
        });
        return all.toByteArray();
    }

    private static byte[] ustar(TarEntry entry, char type, String name, long size) {
        byte[] block = new byte[TarHeader.BLOCK];
        text(block, 0, NAME, name);
        number(block, 100, 8, entry.mode());
        number(block, 108, 8, fitting(Integer.toUnsignedLong(entry.uid()), MAX_ID));
        number(block, 116, 8, fitting(Integer.toUnsignedLong(entry.gid()), MAX_ID));
        number(block, 124, 12, fitting(size, MAX_NUMBER));
        number(block, 136, 12, fitting(entry.modified().getEpochSecond(), MAX_NUMBER));
        block[156] = (byte) type;
        text(block, 157, NAME, entry.link());
        text(block, 257, 8, "ustar\00000");
        number(block, 329, 8, entry.major());
        number(block, 337, 8, fitting(entry.minor(), MAX_ID));
        checksum(block);
        return block;
    }

    private static long fitting(long number, long limit) {
        return number < 0 || number > limit ? 0 : number;
    }

    private static void checksum(byte[] block) {
        text(block, CHECKSUM, 8, "        ");
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        text(block, CHECKSUM, 8, "%06o\0 ".formatted(sum));
    }

    private static void text(byte[] block, int at, int length, String text) {
        byte[] bytes = bytes(text);
        System.arraycopy(bytes, 0, block, at, Math.min(length, bytes.length));
    }

    /** Octal with zeros before it and a NUL behind. */
    private static void number(byte[] block, int at, int length, long number) {
        for (int i = at + length - 2; i >= at; i--) {
            block[i] = (byte) ('0' + (number & 7));
            number >>= 3;
        }
    }

    private static char typeFlag(TarType type) {
        return switch (type) {
            case FILE -> '0';
            case HARD_LINK -> '1';
            case SYMLINK -> '2';
            case CHARACTER_DEVICE -> '3';
            case BLOCK_DEVICE -> '4';
            case DIRECTORY -> '5';
            case FIFO -> '6';
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
