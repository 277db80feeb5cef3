package io.caisson.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresIT {
    private Path above;
    private EmbeddedPostgres server;

    @BeforeEach
    void makeFolder() throws IOException {
        above = Files.createTempDirectory("caisson-embedded-");
        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx--x---"));
        server = EmbeddedPostgres.in(above.resolve("postgres"));
    }

    @AfterEach
    void removeFolder() throws IOException {
        server.stop();
        Folders.delete(above);
    }

    @Test
    void shouldKeepCommittedDataWhenKilled() throws Exception {
        // Given a server with a committed row
        PostgresAddress first = server.start();
        try (Connection connection = connect(first);
                var statement = connection.createStatement()) {
            statement.execute("create table thing(name text)");
            statement.execute("insert into thing values ('kept')");
        }

        // When it dies without a word and is started again
        Postmaster killed = Postmaster.of(cluster()).orElseThrow();
        Commands.check(List.of("kill", "-KILL", Long.toString(killed.pid())), Path.of("/"), "");
        PostgresAddress second = EmbeddedPostgres.in(above.resolve("postgres")).start();

        // Then it is another process with the same data and password
        assertThat(Postmaster.of(cluster()).orElseThrow().pid()).isNotEqualTo(killed.pid());
        assertThat(second.password()).isEqualTo(first.password());
        assertThat(onlyThing(second)).isEqualTo("kept");
    }

    @Test
    void shouldFindTheRunningServerWhenStartedAgain() throws Exception {
        // Given
        PostgresAddress first = server.start();
        long pid = Postmaster.of(cluster()).orElseThrow().pid();

        // When
        PostgresAddress second = EmbeddedPostgres.in(above.resolve("postgres")).start();

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(Postmaster.of(cluster()).orElseThrow().pid()).isEqualTo(pid);
        assertThat(server.running()).isTrue();
    }

    @Test
    void shouldStopAndKeepSecretsToItsOwnerWhenAsked() throws Exception {
        // Given
        PostgresAddress address = server.start();

        // When
        server.stop();

        // Then
        assertThat(server.running()).isFalse();
        assertThat(Files.getPosixFilePermissions(above.resolve("postgres/password")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(address.toString()).doesNotContain(address.password());
    }

    @Test
    void shouldServeFromAFolderThatItsUserCannotReach() throws Exception {
        // Given a closed folder above the data directory
        Path closed = Files.createDirectory(above.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        Path data = Files.createDirectory(closed.resolve("data"));
        EmbeddedPostgres hidden = EmbeddedPostgres.in(data.resolve("postgres"));

        // When
        PostgresAddress address = hidden.start();

        // Then it serves, is found again, and no mount shows
        try (Connection connection = connect(address)) {
            assertThat(connection.isValid(5)).isTrue();
        }
        assertThat(hidden.start()).isEqualTo(address);
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain("caisson-postgres");
        assertThat(Files.getPosixFilePermissions(closed)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        hidden.stop();
        assertThat(hidden.running()).isFalse();
    }

    private Path cluster() {
        return above.resolve("postgres/cluster");
    }

    private static String onlyThing(PostgresAddress address) throws SQLException {
        try (Connection connection = connect(address);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select name from thing")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Connection connect(PostgresAddress address) throws SQLException {
        return DriverManager.getConnection("jdbc:" + address.url(), address.username(), address.password());
    }
}
