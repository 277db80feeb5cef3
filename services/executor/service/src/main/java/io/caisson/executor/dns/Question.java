package io.caisson.executor.dns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A query with its one question. */
final class Question {
    private static final int OPT_SIZE = 11;
    private static final int FIXED = 4;

    private final byte[] message;
    private final int end;
    private final String name;

    private Question(byte[] message, int end, String name) {
        this.message = message;
        this.end = end;
        this.name = name;
    }

    /** Empty for what nobody could answer: see {@link Replies#refusal}. */
    static Optional<Question> parse(byte[] message) {
        if (message.length < Message.HEADER
                || (Message.flags(message) & (Message.RESPONSE | Message.OPCODE)) != 0
                || Message.u16(message, 4) != 1) {
            return Optional.empty();
        }
        var name = new StringBuilder();
        int end = readName(message, name);
        if (end < 0 || end + FIXED > message.length) {
            return Optional.empty();
        }
        return Optional.of(new Question(message, end + FIXED, name.toString()));
    }

    /** Where the name ends; negative when it is none. A question has nothing to point back to: pointers are refused. */
    private static int readName(byte[] message, StringBuilder name) {
        int at = Message.HEADER;
        while (at < message.length && message[at] != 0) {
            int length = message[at] & 0xff;
            int next = at + 1 + length;
            if (length > Message.MAX_LABEL || next - Message.HEADER >= Message.MAX_NAME || next >= message.length) {
                return -1;
            }
            name.append(name.isEmpty() ? "" : ".").append(label(message, at + 1, length));
            at = next;
        }
        return at < message.length ? at + 1 : -1;
    }

    private static String label(byte[] message, int from, int length) {
        String text = new String(message, from, length, StandardCharsets.ISO_8859_1);
        return text.toLowerCase(Locale.ROOT).replace(".", "\\.");
    }

    /** All of it as it came; not to be changed. */
    byte[] message() {
        return message;
    }

    /** Where the question ends. */
    int end() {
        return end;
    }

    /** In lower case, without the dot at the end; a dot within a label is written {@code \.}. */
    String name() {
        return name;
    }

    int type() {
        return Message.u16(message, end - FIXED);
    }

    int dnsClass() {
        return Message.u16(message, end - 2);
    }

    /** How large an answer by datagram may be. */
    int datagramLimit() {
        int at = end;
        boolean onlyAdditional =
                Message.u16(message, 6) == 0 && Message.u16(message, 8) == 0 && Message.u16(message, 10) > 0;
        if (!onlyAdditional || at + OPT_SIZE > message.length || message[at] != 0) {
            return Message.PLAIN_DATAGRAM;
        }
        if (Message.u16(message, at + 1) != Message.TYPE_OPT) {
            return Message.PLAIN_DATAGRAM;
        }
        int asked = Message.u16(message, at + 3);
        return Math.clamp(asked, Message.PLAIN_DATAGRAM, Message.LARGEST_DATAGRAM);
    }

    int id() {
        return Message.u16(message, 0);
    }

    /** The same query under another number. */
    byte[] renumbered(int id) {
        byte[] copy = message.clone();
        Message.u16(copy, 0, id);
        return copy;
    }

    /** Whether a message is the answer to this question, asked under that number. */
    boolean isAnsweredBy(byte[] answer, int id) {
        if (answer.length < end
                || Message.u16(answer, 0) != id
                || (Message.flags(answer) & Message.RESPONSE) == 0
                || Message.u16(answer, 4) != 1) {
            return false;
        }
        return Arrays.equals(question(message), question(answer));
    }

    /** The question's bytes in lower case: a server may give letters another case. */
    private byte[] question(byte[] from) {
        byte[] bytes = Arrays.copyOfRange(from, Message.HEADER, end);
        for (int i = 0; i < bytes.length - FIXED; i++) {
            if (bytes[i] >= 'A' && bytes[i] <= 'Z') {
                bytes[i] = (byte) (bytes[i] - 'A' + 'a');
            }
        }
        return bytes;
    }

    @Override
    public String toString() {
        return name + " type " + type();
    }
}
