package io.caisson.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The server's log file: bounded, and quoted when a start fails. */
final class Logs {
    private static final long LIMIT = 10L << 20;
    private static final int QUOTED = 5;

    private Logs() {}

    static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LIMIT) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static String end(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "it said nothing";
        }
        List<String> lines = Files.readAllLines(log);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - QUOTED), lines.size()));
    }
}
