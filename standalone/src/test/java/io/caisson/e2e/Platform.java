package io.caisson.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Caisson of the tests' own: all services in one process, with data, socket and instance id that nothing else uses. One is
 * shared by the test classes of a JVM; those that kill it start their own.
 */
final class Platform implements Engine, AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final long STOP_SECONDS = 60;

    private static @Nullable Platform shared;

    final Path home;
    final Path socket;
    final Path log;
    private final List<String> properties;
    private final List<String> arguments;
    private @Nullable Process process;

    private Platform(Path home, List<String> options) {
        this.home = home;
        this.socket = home.resolve("docker.sock");
        this.log = home.resolve("platform.log");
        this.properties = options.stream().filter(Platform::isProperty).toList();
        this.arguments = options.stream().filter(option -> !isProperty(option)).toList();
    }

    private static boolean isProperty(String option) {
        return option.startsWith("-D");
    }

    /** The one that tests share; it ends with the last test: see {@link EndOfTests}. */
    static synchronized Platform shared() {
        Requirements.check();
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    static synchronized void closeShared() {
        if (shared != null) {
            shared.close();
            shared = null;
        }
    }

    /**
     * A new one, for tests that do things to it.
     *
     * @param options of the platform's command line, and {@code -D} properties
     */
    static Platform start(String... options) {
        Requirements.check();
        try {
            var platform = new Platform(Files.createTempDirectory("caisson-e2e-"), List.of(options));
            platform.up();
            return platform;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new one whose data is in this folder, which stays when it is closed. */
    static Platform startWithDataOn(Path data) throws IOException {
        var platform = new Platform(Files.createTempDirectory("caisson-e2e-"), List.of());
        Files.createSymbolicLink(platform.home.resolve("data"), data);
        platform.up();
        return platform;
    }

    /** Starts the process, which must not run, and waits until it answers. */
    void up() throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Dcaisson.monitor=" + Places.monitor()));
        words.addAll(properties);
        words.addAll(List.of(
                "-jar",
                Places.program("standalone").toString(),
                "--data",
                home.resolve("data").toString(),
                "--run",
                home.resolve("run").toString(),
                "--socket",
                socket.toString()));
        words.addAll(arguments);
        process = Command.of(words.toArray(String[]::new)).start(log);
        Await.until("the platform answers", START, this::answers);
    }

    private boolean answers() {
        if (process == null || !process.isAlive()) {
            throw new AssertionError("the platform ended:\n" + tail());
        }
        return Files.exists(socket)
                && Command.of("curl", "-sf", "--unix-socket", socket.toString(), "http://localhost/_ping")
                                .run()
                                .exit()
                        == 0;
    }

    String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The docker CLI against this platform. */
    @Override
    public Command docker(String... words) {
        List<String> all = new ArrayList<>(List.of("docker"));
        all.addAll(List.of(words));
        return Command.of(all.toArray(String[]::new)).with("DOCKER_HOST", "unix://" + socket);
    }

    /** Ends the process as an operator would. Containers go on. */
    void down() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the platform did not stop:\n" + tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    /** Ends the process without a word. */
    void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
            process = null;
        }
    }

    long pid() {
        return process == null ? -1 : process.pid();
    }

    /** Removes every container, ends the process and deletes its files. */
    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            String ids = docker("ps", "-aq").run().out();
            if (!ids.isBlank()) {
                List<String> words = new ArrayList<>(List.of("rm", "-f", "-v"));
                words.addAll(ids.lines().toList());
                var _ = docker(words.toArray(String[]::new)).run();
            }
        }
        down();
        Places.delete(home);
    }
}
