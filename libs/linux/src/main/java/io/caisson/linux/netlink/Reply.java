package io.caisson.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A netlink message as received: its type and the bytes behind its header. */
record Reply(int type, ByteBuffer payload) {
    private static final int TYPE_MASK = 0x3fff;

    /** One that outlives the buffer it was received in. */
    Reply copy() {
        var bytes = new byte[payload.limit()];
        payload.get(0, bytes);
        return new Reply(type, ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
    }

    int u8(int offset) {
        return payload.get(offset) & 0xff;
    }

    int u16(int offset) {
        return payload.getShort(offset) & 0xffff;
    }

    int u32(int offset) {
        return payload.getInt(offset);
    }

    /** The attributes behind the fixed fields; of equal types the last one. */
    Attributes attributes(int offset) {
        return Attributes.parse(payload.slice(offset, payload.limit() - offset));
    }

    /** Attributes by their type. */
    record Attributes(Map<Integer, ByteBuffer> byType) {
        static Attributes parse(ByteBuffer bytes) {
            bytes.order(ByteOrder.nativeOrder());
            var byType = new HashMap<Integer, ByteBuffer>();
            int at = 0;
            while (at + 4 <= bytes.limit()) {
                int length = bytes.getShort(at) & 0xffff;
                if (length < 4 || at + length > bytes.limit()) {
                    break;
                }
                byType.put(
                        bytes.getShort(at + 2) & TYPE_MASK,
                        bytes.slice(at + 4, length - 4).order(ByteOrder.nativeOrder()));
                at += (length + 3) & ~3;
            }
            return new Attributes(byType);
        }

        int u32(int type, int otherwise) {
            ByteBuffer value = byType.get(type);
            return value == null || value.limit() < 4 ? otherwise : value.getInt(0);
        }

        String text(int type) {
            byte[] value = bytes(type);
            if (value == null) {
                return "";
            }
            int length = value.length > 0 && value[value.length - 1] == 0 ? value.length - 1 : value.length;
            return new String(value, 0, length, StandardCharsets.UTF_8);
        }

        byte @Nullable [] bytes(int type) {
            ByteBuffer value = byType.get(type);
            if (value == null) {
                return null;
            }
            var bytes = new byte[value.limit()];
            value.get(0, bytes);
            return bytes;
        }

        Attributes nested(int type) {
            ByteBuffer value = byType.get(type);
            return value == null ? new Attributes(Map.of()) : parse(value);
        }
    }
}
