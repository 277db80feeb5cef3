package io.caisson.linux.process;

/**
 * How a tool ended.
 *
 * @param exitCode its own, or 128 plus the signal that ended it
 * @param truncated whether it wrote more than was kept
 */
public record Result(int exitCode, String output, String error, boolean truncated) {
    public boolean succeeded() {
        return exitCode == 0;
    }
}
