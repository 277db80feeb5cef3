package io.caisson.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A content digest as {@code algorithm:hex} (OCI image spec, descriptor.md, "Digests").
 *
 * <p>Only {@code sha256} and {@code sha512} are accepted: others cannot be verified.
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {
    private static final Pattern HEX = Pattern.compile("[a-f0-9]+");

    public Digest {
        int length =
                switch (algorithm) {
                    case "sha256" -> 64;
                    case "sha512" -> 128;
                    default -> throw new IllegalArgumentException("unsupported digest algorithm: " + algorithm);
                };
        if (hex.length() != length || !HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("invalid checksum digest length");
        }
    }

    /**
     * Parses {@code sha256:…}.
     *
     * @throws IllegalArgumentException when the text is not a digest
     */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("invalid checksum digest format");
        }
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    public static boolean isDigest(String text) {
        try {
            var _ = parse(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    public static Digest sha256(byte[] content) {
        return of("sha256", newHash("sha256").digest(content));
    }

    /** The digest of what {@code hash} was fed; {@code hash} is reset. */
    public static Digest of(String algorithm, byte[] hash) {
        return new Digest(algorithm, HexFormat.of().formatHex(hash));
    }

    /** A fresh hash of this digest's algorithm, to verify a stream while it is read. */
    public MessageDigest newHash() {
        return newHash(algorithm);
    }

    public static MessageDigest newHash(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256 and SHA-512", e);
        }
    }

    /** The first 12 hex digits: how Docker shows an id. */
    public String shortHex() {
        return hex.substring(0, 12);
    }

    @Override
    public int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
