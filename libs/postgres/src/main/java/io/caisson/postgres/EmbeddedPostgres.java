package io.caisson.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL server of the platform's own, kept whole in one folder: programs, data, password, port and log.
 *
 * <pre>{@code
 * PostgresAddress address = EmbeddedPostgres.in(data.resolve("postgres")).start();
 * }</pre>
 *
 * <p>The server is a session of its own: it outlives this JVM, however that ends, and the next {@link #start} finds it
 * again. It listens on loopback and on a UNIX socket below the folder, both by password. All methods block.
 */
public final class EmbeddedPostgres {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ATTEMPT = Duration.ofSeconds(15);
    private static final Duration STEP = Duration.ofMillis(5);
    private static final String NAME = "caisson";

    private final Path folder;
    private final Path programs;
    private final boolean durable;
    /** Where this object's clients know it; 0 before the first start. */
    private volatile int known;

    private EmbeddedPostgres(Path folder, Path programs, boolean durable) {
        this.folder = folder.toAbsolutePath().normalize();
        this.programs = programs.toAbsolutePath().normalize();
        this.durable = durable;
    }

    /** A durable server in {@code folder}, which is made when it is missing. */
    public static EmbeddedPostgres in(Path folder) {
        return new EmbeddedPostgres(folder, folder, true);
    }

    /** A fast server for tests, which may lose data with the machine; its programs are shared in {@code programs}. */
    public static EmbeddedPostgres volatileIn(Path folder, Path programs) {
        return new EmbeddedPostgres(folder, programs, false);
    }

    /**
     * Starts the server, or finds the one that runs; returns when it answers. A second start is on the port of the first.
     *
     * @throws IOException with the end of the server's own log when it doesn't start
     */
    public PostgresAddress start() throws IOException {
        makeFolder(folder);
        makeFolder(programs);
        try (FileChannel lock =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = lock.lock()) {
            ServerUser user = ServerUser.resolve();
            Entrance entrance = openWay(user);
            Path binaries = PostgresBinaries.unpacked(programs);
            String password = password();
            new Cluster(cluster(), binaries, entrance, durable).make(NAME, password, NAME);
            int port = serve(binaries, entrance);
            known = port;
            return new PostgresAddress("127.0.0.1", port, NAME, NAME, password);
        }
    }

    /** Ends the server and waits for it: clients are cut off, nothing committed is lost. Nothing happens if none runs. */
    public void stop() throws IOException {
        Optional<Postmaster> running = Postmaster.of(cluster());
        if (running.isEmpty()) {
            return;
        }
        Postmaster server = running.get();
        // SIGINT is PostgreSQL's fast shutdown.
        Commands.check(List.of("kill", "-INT", Long.toString(server.pid())), Path.of("/"), "");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (server.alive()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the server " + server.pid() + " does not stop");
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    /** The server of this folder, be it one that is just coming up or going down. */
    Optional<Postmaster> present() throws IOException {
        return Postmaster.of(cluster());
    }

    /** Whether a server of this folder runs and answers. */
    public boolean running() throws IOException {
        return Postmaster.of(cluster()).map(Postmaster::ready).orElse(false);
    }

    private Path cluster() {
        return folder.resolve("cluster");
    }

    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x--x"));
        }
    }

    private Entrance openWay(ServerUser user) throws IOException {
        Path above = folder.getParent();
        if (above != null) {
            user.passThrough(above);
        }
        user.passThrough(folder);
        Path sockets = folder.resolve("run");
        if (!Files.isDirectory(sockets)) {
            Files.createDirectory(
                    sockets, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        user.own(sockets);
        return Entrance.to(folder, user);
    }

    private String password() throws IOException {
        Path file = folder.resolve("password");
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Folders.write(file, HexFormat.of().formatHex(random), "rw-------");
        }
        return Files.readString(file).strip();
    }

    private int serve(Path binaries, Entrance entrance) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Postmaster> running = Postmaster.of(cluster());
            if (running.isPresent() && running.get().ready()) {
                return running.get().port();
            }
            if (running.isEmpty()) {
                launch(binaries, entrance, deadline);
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("PostgreSQL does not start: " + Logs.end(log()));
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    /** One attempt; it may fail while the backends of a killed server are still leaving: the caller tries again. */
    private void launch(Path binaries, Entrance entrance, long deadline) throws IOException {
        Path settings = folder.resolve("postgresql.conf");
        Folders.write(settings, Settings.text(port(), entrance.seen(folder.resolve("run")), durable), "rw-r--r--");
        Files.deleteIfExists(cluster().resolve("postmaster.pid"));
        Logs.rotate(log());
        var command = new ArrayList<>(List.of("setsid"));
        command.addAll(entrance.as(List.of(
                entrance.seen(binaries.resolve("bin/postgres")).toString(),
                "-D",
                entrance.seen(cluster()).toString(),
                "-c",
                "config_file=" + entrance.seen(settings))));
        Process process = Commands.detached(command, folder, log());
        long attempt = Math.min(deadline, System.nanoTime() + ATTEMPT.toNanos());
        while (process.isAlive() && !running() && System.nanoTime() < attempt) {
            LockSupport.parkNanos(STEP.toNanos());
        }
        if (!process.isAlive()) {
            // Not a wait for a condition: a pause between attempts.
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private int port() throws IOException {
        Path file = folder.resolve("port");
        if (Files.exists(file)) {
            int port = Integer.parseInt(Files.readString(file).strip());
            if (port == known || Ports.isFree(port)) {
                return port;
            }
        }
        int port = Ports.free();
        Folders.write(file, Integer.toString(port), "rw-r--r--");
        return port;
    }

    private Path log() {
        return folder.resolve("postgres.log");
    }
}
