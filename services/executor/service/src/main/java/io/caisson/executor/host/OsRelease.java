package io.caisson.executor.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The distribution, by os-release(5). */
record OsRelease(String prettyName, String version) {
    private static final List<Path> FILES = List.of(Path.of("/etc/os-release"), Path.of("/usr/lib/os-release"));

    static OsRelease read() throws IOException {
        for (Path file : FILES) {
            if (Files.isReadable(file)) {
                return parse(Files.readString(file));
            }
        }
        return new OsRelease("Linux", "");
    }

    static OsRelease parse(String text) {
        Map<String, String> values = new HashMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), unquote(line.substring(equals + 1)));
            }
        }
        return new OsRelease(values.getOrDefault("PRETTY_NAME", "Linux"), values.getOrDefault("VERSION_ID", ""));
    }

    private static String unquote(String value) {
        boolean quoted = value.length() >= 2 && (value.startsWith("\"") || value.startsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
