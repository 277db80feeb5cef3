package io.caisson.e2e;

import io.caisson.postgres.PostgresAddress;
import io.caisson.testkit.PostgresFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The services as processes of their own, on a clustered bus of the tests' own. */
final class SeparateServices implements Engine, AutoCloseable {
    static final List<String> NAMES = List.of("executor", "layer-store", "network", "image", "container", "gateway");

    private static final int CLUSTER_PORTS = 16;
    private static final Duration START = Duration.ofSeconds(120);

    private final Path home;
    private final Path socket;
    private final int clusterPort;
    private final PostgresAddress database;
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final Map<String, Integer> starts = new HashMap<>();

    private SeparateServices(Path home, int clusterPort, PostgresAddress database) {
        this.home = home;
        this.socket = home.resolve("docker.sock");
        this.clusterPort = clusterPort;
        this.database = database;
    }

    static SeparateServices start() throws IOException {
        Requirements.check();
        var services = new SeparateServices(Files.createTempDirectory("caisson-six-"), freePorts(), ownDatabase());
        try {
            for (String name : NAMES) {
                services.launch(name);
            }
            Await.until("all have started", START, () -> NAMES.stream().allMatch(services::hasStarted));
            return services;
        } catch (IOException | AssertionError e) {
            var failure = new AssertionError(services.tails(), e);
            services.close();
            throw failure;
        }
    }

    /** Of these services alone, so that no other instance's images and networks are in it. */
    private static PostgresAddress ownDatabase() {
        PostgresAddress server = PostgresFixture.address();
        String name = "six_" + Long.toHexString(System.nanoTime());
        try (var connection =
                        DriverManager.getConnection("jdbc:" + server.url(), server.username(), server.password());
                var statement = connection.createStatement()) {
            var _ = statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return new PostgresAddress(server.host(), server.port(), name, server.username(), server.password());
    }

    /**
     * The cluster takes sixteen ports from the first. Below those that the kernel gives to clients: members try each other's
     * ports, and must not meet a stranger or themselves there.
     */
    private static int freePorts() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int first = 16_000 + CLUSTER_PORTS * ThreadLocalRandom.current().nextInt(1_000);
            if (IntStream.range(first, first + CLUSTER_PORTS).allMatch(SeparateServices::isFree)) {
                return first;
            }
        }
        throw new AssertionError("no free ports");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts it (again) and waits until it says that it has started; the others are left alone. */
    void up(String name) throws IOException {
        launch(name);
        Await.until(name + " has started", START, () -> hasStarted(name));
    }

    private void launch(String name) throws IOException {
        starts.merge(name, 1, Integer::sum);
        String module = name.equals("gateway") ? "gateway/app" : "services/" + name + "/app";
        List<String> words = new ArrayList<>(List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx160m",
                "-Dcaisson.monitor=" + Places.monitor(),
                "-Dcaisson.instance=" + instance(),
                "-Dcaisson.data=" + home.resolve("data"),
                "-Dcaisson.run=" + home.resolve("run"),
                "-Dcaisson.socket=" + socket,
                "-Dcaisson.cluster.port=" + clusterPort,
                "-Dcaisson.http.port=0",
                "-Dcaisson.database.url=" + database.url(),
                "-Dcaisson.database.username=" + database.username(),
                "-Dcaisson.database.password=" + database.password(),
                "-Dcaisson.database.pool=4",
                "-Dcaisson.mend-every=2s",
                "-jar",
                Places.program(module).toString()));
        processes.put(name, Command.of(words.toArray(String[]::new)).start(log(name)));
    }

    private boolean hasStarted(String name) {
        Process process = processes.get(name);
        if (process == null || !process.isAlive()) {
            throw new AssertionError(name + " ended:\n" + tail(name));
        }
        return lines(name).stream().anyMatch(line -> line.contains(" started in "));
    }

    /** What each has said last, for a test that fails. */
    String tails() {
        return NAMES.stream().map(name -> "== " + name + "\n" + tail(name)).collect(Collectors.joining("\n"));
    }

    private String tail(String name) {
        List<String> lines = lines(name);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }

    private List<String> lines(String name) {
        try {
            Path log = log(name);
            return Files.exists(log) ? Files.readAllLines(log) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One for each start. */
    private Path log(String name) {
        return home.resolve(name + "-" + starts.getOrDefault(name, 0) + ".log");
    }

    /** Its whole process group: what it had started dies with it, but for the keepers of containers. */
    void kill(String name) {
        Process process = processes.remove(name);
        if (process != null) {
            var _ = Command.of("kill", "-KILL", "--", "-" + process.pid()).run();
            process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    @Override
    public Command docker(String... words) {
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
        var _ = Command.of("nft", "delete", "table", "ip", "caisson_" + instance())
                .run();
        var _ = Command.of("ip", "link", "delete", "br-" + instance()).run();
        Places.delete(home);
    }

    /** As the host and the database have it. */
    Instance onHost() {
        return new Instance(instance(), home, () -> database);
    }

    Path home() {
        return home;
    }

    private String instance() {
        return "c6" + Integer.toHexString(clusterPort / CLUSTER_PORTS % 256);
    }
}
