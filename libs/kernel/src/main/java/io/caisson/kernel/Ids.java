package io.caisson.kernel;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Random identifiers in Docker's shape. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** 64 hex digits whose first 12 are not all decimal, as Docker's: a short id must not read as a number. */
    public static String hex64() {
        byte[] bytes = new byte[32];
        while (true) {
            RANDOM.nextBytes(bytes);
            String id = HexFormat.of().formatHex(bytes);
            if (!id.substring(0, 12).chars().allMatch(Character::isDigit)) {
                return id;
            }
        }
    }

    /** {@code digits} random hex digits (an even number), for tokens and temporary names. */
    public static String hex(int digits) {
        byte[] bytes = new byte[digits / 2];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
