package io.caisson.container.config;

import io.caisson.kernel.Fault;
import java.util.Locale;
import java.util.regex.Pattern;

/** Human sizes: {@code 10m}, {@code 1.5g}, {@code 512KiB}; units are powers of 1024. */
public final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?) ?([kmgtp]?)i?b?");
    private static final String UNITS = "kmgtp";

    private Sizes() {}

    public static long bytes(String text) {
        var matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw Fault.invalid("invalid size: '" + text + "'");
        }
        String unit = String.valueOf(matcher.group(2));
        int power = unit.isEmpty() ? 0 : UNITS.indexOf(unit) + 1;
        return (long) (Double.parseDouble(String.valueOf(matcher.group(1))) * Math.pow(1024, power));
    }
}
