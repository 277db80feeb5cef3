package io.caisson.oci;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image reference: {@code domain/path[:tag][@digest]} (distribution/reference grammar), with Docker's short forms
 * already expanded: {@code busybox} is {@code docker.io/library/busybox:latest}.
 *
 * @param domain the registry host with optional port, {@code docker.io} for Docker Hub
 * @param path the repository below the domain, e.g. {@code library/busybox}
 */
public record Reference(
        String domain,
        String path,
        @Nullable String tag,
        @Nullable Digest digest) {
    private static final String HUB = "docker.io";
    private static final Pattern COMPONENTS =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern DOMAIN = Pattern.compile(
            "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*"
                    + "|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?");
    private static final Pattern TAG = Pattern.compile("[\\w][\\w.-]{0,127}");
    private static final int MAX_NAME = 255;

    public Reference {
        if (!DOMAIN.matcher(domain).matches() || !COMPONENTS.matcher(path).matches()) {
            throw invalid();
        }
        if (tag != null && !TAG.matcher(tag).matches()) {
            throw invalid();
        }
        if (domain.length() + 1 + path.length() > MAX_NAME) {
            throw new IllegalArgumentException("repository name must not be more than 255 characters");
        }
    }

    /**
     * Parses any form a user types; no tag and no digest stay absent (see {@link #withDefaultTag()}).
     *
     * @throws IllegalArgumentException with Docker's text, e.g. {@code invalid reference format: repository name
     *     (library/Foo) must be lowercase}
     */
    public static Reference parse(String text) {
        String rest = text;
        Digest digest = null;
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = digestOf(rest.substring(at + 1));
            rest = rest.substring(0, at);
        }
        String tag = null;
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
        }
        return named(rest, tag, digest);
    }

    private static Reference named(String name, @Nullable String tag, @Nullable Digest digest) {
        if (tag == null && digest == null && name.matches("[a-f0-9]{64}")) {
            throw new IllegalArgumentException(
                    "invalid repository name (" + name + "), cannot specify 64-byte hexadecimal strings");
        }
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean hasDomain =
                first.contains(".") || first.contains(":") || first.equals("localhost") || !isLowercase(first);
        String domain = hasDomain ? first : HUB;
        String path = hasDomain ? name.substring(slash + 1) : name;
        if (domain.equals("index.docker.io")) {
            domain = HUB;
        }
        if (domain.equals(HUB) && !path.contains("/")) {
            path = "library/" + path;
        }
        if (!isLowercase(path)) {
            throw new IllegalArgumentException(
                    "invalid reference format: repository name (" + path + ") must be lowercase");
        }
        return new Reference(domain, path, tag, digest);
    }

    private static Digest digestOf(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException _) {
            throw invalid();
        }
    }

    private static boolean isLowercase(String text) {
        return text.equals(text.toLowerCase(java.util.Locale.ROOT));
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException("invalid reference format");
    }

    /** This reference with tag {@code latest} when it names neither a tag nor a digest. */
    public Reference withDefaultTag() {
        return tag == null && digest == null ? new Reference(domain, path, "latest", null) : this;
    }

    /** @throws IllegalArgumentException {@code invalid tag format} */
    public Reference withTag(String newTag) {
        if (!TAG.matcher(newTag).matches()) {
            throw new IllegalArgumentException("invalid tag format");
        }
        return new Reference(domain, path, newTag, null);
    }

    public Reference withDigest(Digest newDigest) {
        return new Reference(domain, path, null, newDigest);
    }

    /** {@code domain/path}: what a repository is known by, e.g. {@code docker.io/library/busybox}. */
    public String repository() {
        return domain + "/" + path;
    }

    /** How Docker shows the repository: {@code busybox}, {@code user/app}, {@code 127.0.0.1:5000/app}. */
    public String familiarName() {
        if (!domain.equals(HUB)) {
            return repository();
        }
        return path.startsWith("library/") ? path.substring("library/".length()) : path;
    }

    /** How Docker shows the whole reference: {@code busybox:latest}, {@code app@sha256:…}. */
    public String familiar() {
        return familiarName() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }

    @Override
    public String toString() {
        return repository() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}
