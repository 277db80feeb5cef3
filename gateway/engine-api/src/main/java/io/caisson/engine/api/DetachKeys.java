package io.caisson.engine.api;

import io.caisson.kernel.Fault;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Finds the keys that leave an attached container in what is typed. One scanner per connection: a match may be spread over
 * several reads.
 *
 * <p>The keys themselves are withheld from the container; a start of them that turns out to be something else is handed on.
 */
public final class DetachKeys {
    /** Docker's default. */
    public static final String DEFAULT = "ctrl-p,ctrl-q";

    private final byte[] keys;
    private int matched;

    private DetachKeys(byte[] keys) {
        this.keys = keys;
    }

    /** Keys as {@code a,ctrl-b,ctrl-@}; empty for the default. INVALID when it is not such a list. */
    public static DetachKeys parse(String text) {
        String[] names = (text.isEmpty() ? DEFAULT : text).split(",", -1);
        byte[] keys = new byte[names.length];
        for (int i = 0; i < names.length; i++) {
            keys[i] = key(names[i]);
        }
        return new DetachKeys(keys);
    }

    private static byte key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (name.length() == 1 && name.charAt(0) < 128) {
            return (byte) name.charAt(0);
        }
        if (lower.length() == 6 && lower.startsWith("ctrl-")) {
            char c = lower.charAt(5);
            if (c >= 'a' && c <= 'z') {
                return (byte) (c - 'a' + 1);
            }
            int special = "@[\\]^_".indexOf(c);
            if (special >= 0) {
                return (byte) (special == 0 ? 0 : 26 + special);
            }
        }
        throw Fault.invalid("Unknown character: '" + name + "'");
    }

    /**
     * What of an input to hand on, and whether the keys were typed; nothing behind them counts.
     *
     * @param bytes to hand on
     */
    public record Scanned(ByteBuffer bytes, boolean detached) {}

    public Scanned scan(byte[] input) {
        byte[] out = new byte[input.length + keys.length];
        int length = 0;
        for (byte b : input) {
            if (b == keys[matched]) {
                matched++;
                if (matched == keys.length) {
                    matched = 0;
                    return new Scanned(ByteBuffer.wrap(out, 0, length), true);
                }
                continue;
            }
            System.arraycopy(keys, 0, out, length, matched);
            length += matched;
            matched = b == keys[0] ? 1 : 0;
            if (matched == 0) {
                out[length++] = b;
            }
        }
        return new Scanned(ByteBuffer.wrap(out, 0, length), false);
    }
}
