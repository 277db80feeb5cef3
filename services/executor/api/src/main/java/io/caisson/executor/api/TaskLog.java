package io.caisson.executor.api;

/**
 * Where output goes besides to attached clients.
 *
 * @param driver {@code json-file} or {@code none}
 * @param maxSizeBytes 0 for no rotation
 * @param maxFiles at least 1
 */
public record TaskLog(String driver, long maxSizeBytes, int maxFiles) {}
