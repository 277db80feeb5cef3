package io.caisson.e2e;

import io.caisson.postgres.PostgresAddress;
import io.caisson.testkit.PostgresFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The services as processes of their own, on a clustered bus of the tests' own. */
final class SeparateServices implements AutoCloseable {
    static final List<String> NAMES = List.of("executor", "layer-store", "network", "image", "container", "gateway");

    private static final Duration START = Duration.ofSeconds(120);

    private final Path home;
    private final Path socket;
    private final int clusterPort;
    private final PostgresAddress database;
    private final Map<String, Process> processes = new LinkedHashMap<>();

    private SeparateServices(Path home, int clusterPort, PostgresAddress database) {
        this.home = home;
        this.socket = home.resolve("docker.sock");
        this.clusterPort = clusterPort;
        this.database = database;
    }

    static SeparateServices start() {
        Requirements.check();
        try {
            var services = new SeparateServices(
                    Files.createTempDirectory("caisson-six-"), freePorts(), PostgresFixture.address());
            for (String name : NAMES) {
                services.launch(name);
            }
            Await.until("the gateway answers", START, services::answers);
            return services;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cluster takes sixteen ports from the first: somewhere nobody else begins. */
    private static int freePorts() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Math.min(socket.getLocalPort(), 65_000);
        }
    }

    void up(String name) throws IOException {
        launch(name);
        if (name.equals("gateway")) {
            Await.until("the gateway answers", START, this::answers);
        }
    }

    private void launch(String name) throws IOException {
        String module = name.equals("gateway") ? "gateway/app" : "services/" + name + "/app";
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx160m",
                "-Dcaisson.monitor=" + Places.monitor(),
                "-Dcaisson.instance=c6" + Integer.toHexString(clusterPort & 0xff),
                "-Dcaisson.data=" + home.resolve("data"),
                "-Dcaisson.run=" + home.resolve("run"),
                "-Dcaisson.socket=" + socket,
                "-Dcaisson.cluster.port=" + clusterPort,
                "-Dcaisson.database.url=" + database.url(),
                "-Dcaisson.database.username=" + database.username(),
                "-Dcaisson.database.password=" + database.password(),
                "-Dcaisson.database.pool=4",
                "-jar",
                Places.program(module).toString()));
        processes.put(name, Command.of(words.toArray(String[]::new)).start(home.resolve(name + ".log")));
    }

    private boolean answers() {
        processes.forEach((name, process) -> {
            if (!process.isAlive()) {
                throw new AssertionError(name + " ended:\n" + tail(name));
            }
        });
        return docker("ps").run().exit() == 0;
    }

    String tail(String name) {
        try {
            List<String> lines = Files.readAllLines(home.resolve(name + ".log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    void kill(String name) {
        Process process = processes.remove(name);
        if (process != null) {
            process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    Command docker(String... words) {
        List<String> all = new ArrayList<>(List.of("docker"));
        all.addAll(List.of(words));
        return Command.of(all.toArray(String[]::new)).with("DOCKER_HOST", "unix://" + socket);
    }

    @Override
    public void close() {
        List<Process> running = new ArrayList<>(processes.values());
        running.forEach(Process::destroy);
        running.forEach(process -> {
            if (!process.onExit()
                    .completeOnTimeout(process, 30, TimeUnit.SECONDS)
                    .join()
                    .isAlive()) {
                return;
            }
            process.destroyForcibly();
        });
        Places.delete(home);
    }
}
