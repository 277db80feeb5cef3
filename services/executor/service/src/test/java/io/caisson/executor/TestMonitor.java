package io.caisson.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The monitor of this source tree, built when it is not. */
final class TestMonitor {
    private TestMonitor() {}

    static synchronized Path program() throws IOException {
        Path sources = Path.of("").toAbsolutePath().resolve("../monitor").normalize();
        Path program = sources.resolve("target/caisson-monitor");
        Process make = new ProcessBuilder("make", "-s", "-C", sources.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(make.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!Files.isExecutable(program)) {
            throw new IOException("cannot build the monitor: " + output);
        }
        return program;
    }
}
