package io.caisson.engine.api.progress;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** The bar that old clients print as it comes: {@code [====>    ]  1.5MB/3MB}. */
final class ProgressBar {
    private static final int WIDTH = 50;
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private ProgressBar() {}

    static String of(long current, long total) {
        if (total <= 0 || current > total) {
            return String.format(Locale.ROOT, "%8s", size(current));
        }
        int done = (int) Math.min(WIDTH, current * 100 / total / 2);
        return "[" + "=".repeat(done) + ">" + " ".repeat(WIDTH - done) + "] "
                + String.format(Locale.ROOT, "%8s/%s", size(current), size(total));
    }

    /** Decimal units, four significant digits. */
    static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return BigDecimal.valueOf(value)
                        .round(new MathContext(4, RoundingMode.HALF_EVEN))
                        .stripTrailingZeros()
                        .toPlainString()
                + UNITS[unit];
    }
}
