package io.caisson.executor.groups;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of a control group: the kernel takes what one {@code write(2)} brings. Blocks. */
record GroupFile(Path path) {
    GroupFile(Path folder, String name) {
        this(folder.resolve(name));
    }

    /** Fails in the words of a runtime: {@code failed to write "5": write /sys/fs/…: invalid argument}. */
    void write(Object value) throws IOException {
        byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            var _ = file.write(ByteBuffer.wrap(text));
        } catch (IOException e) {
            throw new IOException("failed to write \"" + value + "\": write " + path + ": " + reason(e), e);
        }
    }

    String read() throws IOException {
        return Files.readString(path).strip();
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** As the runtime's language writes it: in small letters. */
    private static String reason(IOException error) {
        String words = String.valueOf(error.getMessage());
        return words.isEmpty() ? words : Character.toLowerCase(words.charAt(0)) + words.substring(1);
    }
}
