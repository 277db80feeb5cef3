package io.caisson.engine.api;

import io.caisson.kernel.Fault;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the Engine API, {@code 1.44}. */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    /** What is served, also to a client that names no version. */
    public static final ApiVersion MAX = new ApiVersion(1, 55);

    /** The oldest that is accepted. */
    public static final ApiVersion MIN = new ApiVersion(1, 24);

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

    /** The version a client asks for in its path, or INVALID with Docker's text when it is not served. */
    public static ApiVersion negotiate(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw Fault.invalid("invalid API version: " + text);
        }
        var version = new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        if (version.compareTo(MAX) > 0) {
            throw Fault.invalid("client version " + text + " is too new. Maximum supported API version is " + MAX);
        }
        if (version.compareTo(MIN) < 0) {
            throw Fault.invalid("client version " + text + " is too old. Minimum supported API version is " + MIN
                    + ", please upgrade your client to a newer version");
        }
        return version;
    }

    /** True from {@code 1.minor} on. */
    public boolean atLeast(int minorVersion) {
        return major > 1 || minor >= minorVersion;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return major == other.major ? Integer.compare(minor, other.minor) : Integer.compare(major, other.major);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
