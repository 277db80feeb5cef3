package io.caisson.testkit;

import io.caisson.postgres.EmbeddedPostgres;
import io.caisson.postgres.PostgresAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL server for a test JVM, started at the first {@link #address}, ended and removed with the JVM.
 *
 * <p>Its programs are unpacked once per machine, below {@code java.io.tmpdir}.
 */
public final class PostgresFixture {
    private static @Nullable PostgresAddress address;

    private PostgresFixture() {}

    public static synchronized PostgresAddress address() {
        if (address == null) {
            address = start();
        }
        return address;
    }

    private static PostgresAddress start() {
        try {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
            Path folder = Files.createTempDirectory(temporary, "caisson-test-postgres-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x--x"));
            Path programs = temporary.resolve("caisson-test-programs-" + System.getProperty("user.name", "user"));
            EmbeddedPostgres server = EmbeddedPostgres.volatileIn(folder, programs);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, folder), "postgres-fixture"));
            return server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(EmbeddedPostgres server, Path folder) {
        try {
            server.stop();
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        var _ = Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
