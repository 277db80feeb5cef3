package io.caisson.executor.dns;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries and what is in answers, for tests. */
final class Queries {
    private Queries() {}

    static byte[] query(String name, int type) {
        return query(name, type, null);
    }

    /** @param size of datagrams that the asker takes; null to say nothing about it */
    static byte[] query(String name, int type, @Nullable Integer size) {
        ByteBuffer query = ByteBuffer.allocate(512);
        query.putShort((short) 0x1234).putShort((short) 0x0100).putShort((short) 1);
        query.putShort((short) 0).putShort((short) 0).putShort((short) (size == null ? 0 : 1));
        query.put(encode(name)).putShort((short) type).putShort((short) 1);
        if (size != null) {
            query.put((byte) 0)
                    .putShort((short) 41)
                    .putShort(size.shortValue())
                    .putInt(0)
                    .putShort((short) 0);
        }
        byte[] bytes = new byte[query.flip().remaining()];
        query.get(bytes);
        return bytes;
    }

    static byte[] encode(String name) {
        var out = new ByteArrayOutputStream();
        for (String label : name.split("\\.")) {
            byte[] text = label.getBytes(StandardCharsets.UTF_8);
            out.write(text.length);
            out.writeBytes(text);
        }
        out.write(0);
        return out.toByteArray();
    }

    static Question question(String name, int type) {
        return Question.parse(query(name, type)).orElseThrow();
    }

    /** The addresses of an answer made by {@link Replies}. */
    static List<String> addresses(byte[] reply, Question question) {
        var found = new ArrayList<String>();
        int count = Message.u16(reply, 6);
        for (int i = 0; i < count; i++) {
            int at = question.end() + 16 * i + 12;
            found.add((reply[at] & 255) + "." + (reply[at + 1] & 255) + "." + (reply[at + 2] & 255) + "."
                    + (reply[at + 3] & 255));
        }
        return found;
    }

    /** Marks a message as an answer. */
    static byte[] answered(byte[] message) {
        Message.u16(message, 2, Message.flags(message) | Message.RESPONSE);
        return message;
    }
}
