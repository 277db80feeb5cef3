package io.caisson.oci;

import org.jspecify.annotations.Nullable;

/** What an image runs on: {@code os/architecture[/variant]}, in Go's words (OCI image spec, image-index.md). */
public record Platform(
        String architecture, String os, @Nullable String variant) {
    /** The platform of this process, e.g. {@code linux/amd64}. */
    public static Platform host() {
        return new Platform(architectureOf(System.getProperty("os.arch")), "linux", null);
    }

    /**
     * Parses {@code os/arch[/variant]}, or {@code os} or {@code arch} alone.
     *
     * @throws IllegalArgumentException when it has empty or more than three parts
     */
    public static Platform parse(String text) {
        String[] parts = text.toLowerCase(java.util.Locale.ROOT).split("/", -1);
        for (String part : parts) {
            if (part.isEmpty() || parts.length > 3) {
                throw new IllegalArgumentException("\"" + text + "\": invalid platform");
            }
        }
        if (parts.length == 1) {
            return parts[0].equals("linux")
                    ? new Platform(host().architecture(), "linux", null)
                    : new Platform(architectureOf(parts[0]), "linux", null);
        }
        return new Platform(architectureOf(parts[1]), parts[0], parts.length == 3 ? parts[2] : null);
    }

    private static String architectureOf(String name) {
        return switch (name) {
            case "x86_64", "x86-64", "amd64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            case "i386", "i686" -> "386";
            default -> name;
        };
    }

    /** True when an image of {@code other} is what a caller asking for this platform wants. */
    public boolean accepts(Platform other) {
        return os.equals(other.os)
                && architecture.equals(other.architecture)
                && (variant == null || variant.equals(other.variant));
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}
