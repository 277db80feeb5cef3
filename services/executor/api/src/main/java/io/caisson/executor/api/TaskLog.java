package io.caisson.executor.api;

import java.util.Map;

/**
 * Where output goes besides to attached clients.
 *
 * @param driver {@code json-file}, {@code local} or {@code none}
 * @param maxSizeBytes 0 for no rotation
 * @param maxFiles at least 1
 * @param compress rotated files
 * @param attributes written into every entry; for {@code json-file} only
 */
public record TaskLog(
        String driver, long maxSizeBytes, int maxFiles, boolean compress, Map<String, String> attributes) {
    public TaskLog {
        attributes = Map.copyOf(attributes);
    }

    public TaskLog(String driver, long maxSizeBytes, int maxFiles) {
        this(driver, maxSizeBytes, maxFiles, false, Map.of());
    }

    public TaskLog withAttributes(Map<String, String> others) {
        return new TaskLog(driver, maxSizeBytes, maxFiles, compress, others);
    }
}
