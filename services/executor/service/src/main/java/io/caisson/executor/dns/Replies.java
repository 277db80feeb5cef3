package io.caisson.executor.dns;

import io.caisson.executor.dns.NetworkNames.Address;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Answers in the form of DNS (RFC 1035). */
final class Replies {
    private static final int TTL_SECONDS = 600;
    private static final int POINTER_TO_QUESTION = 0xc00c;
    private static final int RECORD = 12;

    private Replies() {}

    /** To what is no question: an error where it can be answered at all, nothing to an answer or a scrap. */
    static Optional<byte[]> refusal(byte[] message) {
        if (message.length < Message.HEADER || (Message.flags(message) & Message.RESPONSE) != 0) {
            return Optional.empty();
        }
        int opcode = Message.flags(message) & Message.OPCODE;
        byte[] reply = new byte[Message.HEADER];
        System.arraycopy(message, 0, reply, 0, 2);
        Message.u16(
                reply, 2, Message.RESPONSE | opcode | (opcode == 0 ? Message.FORMAT_ERROR : Message.NOT_IMPLEMENTED));
        return Optional.of(reply);
    }

    /** An answer without records. */
    static byte[] empty(Question question, int rcode) {
        return reply(question, rcode, 0, new byte[0]);
    }

    /** As many addresses as fit into {@code limit} bytes; marked as truncated when these are not all. */
    static byte[] addresses(Question question, List<Address> addresses, int limit) {
        int each = RECORD + Integer.BYTES;
        int fitting = Math.min(addresses.size(), Math.max(0, (limit - question.end()) / each));
        ByteBuffer records = ByteBuffer.allocate(fitting * each);
        for (Address address : addresses.subList(0, fitting)) {
            record(records, Message.TYPE_A, Integer.BYTES).putInt(address.bits());
        }
        int truncated = fitting < addresses.size() ? Message.TRUNCATED : 0;
        return reply(question, Message.OK | truncated, fitting, records.array());
    }

    /** The name behind an address. */
    static byte[] pointer(Question question, String name) {
        byte[] encoded = encode(name);
        ByteBuffer records = ByteBuffer.allocate(RECORD + encoded.length);
        record(records, Message.TYPE_PTR, encoded.length).put(encoded);
        return reply(question, Message.OK, 1, records.array());
    }

    /** An answer for a datagram that is too small for it: only that it is so, the asker tries again by a connection. */
    static byte[] fitted(Question question, byte[] answer, int limit) {
        if (answer.length <= limit) {
            return answer;
        }
        byte[] cut = Arrays.copyOf(answer, question.end());
        Message.u16(cut, 2, Message.flags(cut) | Message.TRUNCATED);
        Arrays.fill(cut, 6, Message.HEADER, (byte) 0);
        return cut;
    }

    private static ByteBuffer record(ByteBuffer records, int type, int length) {
        return records.putShort((short) POINTER_TO_QUESTION)
                .putShort((short) type)
                .putShort((short) Message.CLASS_IN)
                .putInt(TTL_SECONDS)
                .putShort((short) length);
    }

    private static byte[] reply(Question question, int flags, int answers, byte[] records) {
        byte[] reply = Arrays.copyOf(question.message(), question.end() + records.length);
        int asked = Message.flags(question.message()) & Message.RECURSION_DESIRED;
        Message.u16(reply, 2, Message.RESPONSE | Message.RECURSION_AVAILABLE | asked | flags);
        Message.u16(reply, 6, answers);
        Message.u16(reply, 8, 0);
        Message.u16(reply, 10, 0);
        System.arraycopy(records, 0, reply, question.end(), records.length);
        return reply;
    }

    /** Names of containers and networks may be longer than DNS allows: what does not fit is left out. */
    private static byte[] encode(String name) {
        var bytes = new ByteArrayOutputStream();
        for (String label : name.split("\\.", -1)) {
            byte[] text = label.getBytes(StandardCharsets.UTF_8);
            int length = Math.min(text.length, Message.MAX_LABEL);
            if (length > 0 && bytes.size() + length + 2 <= Message.MAX_NAME) {
                bytes.write(length);
                bytes.write(text, 0, length);
            }
        }
        bytes.write(0);
        return bytes.toByteArray();
    }
}
