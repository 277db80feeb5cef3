package io.caisson.metadata;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * Brings every schema of this process up to date, before anything else happens at its start. Processes that start at once
 * take turns.
 */
@ApplicationScoped
class Migrations {
    private static final Logger LOG = Logger.getLogger(Migrations.class);
    /** Any number, the same for all: an advisory lock of the database. */
    private static final long LOCK = 0x0ca1550a;

    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    private final List<ServiceSchema> schemas;
    private final DatabaseSettings database;

    Migrations(@All List<ServiceSchema> schemas, DatabaseSettings database) {
        this.schemas = schemas;
        this.database = database;
    }

    void atStart(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) throws SQLException {
        migrate();
    }

    void migrate() throws SQLException {
        try (Connection turn = connect();
                var statement = turn.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            for (ServiceSchema schema : schemas) {
                migrate(schema.name());
            }
        }
    }

    private void migrate(String schema) {
        var result = Flyway.configure(Thread.currentThread().getContextClassLoader())
                .dataSource(jdbcUrl(), database.username(), database.password())
                .schemas(schema)
                .createSchemas(true)
                .table("schema_history")
                .locations("classpath:db/" + schema)
                .failOnMissingLocations(true)
                .load()
                .migrate();
        if (result.migrationsExecuted > 0) {
            LOG.infof("Schema %s is now at version %s", schema, result.targetSchemaVersion);
        }
    }

    private Connection connect() throws SQLException {
        long deadline = System.nanoTime() + database.patience().toNanos();
        while (true) {
            try {
                return DriverManager.getConnection(jdbcUrl(), database.username(), database.password());
            } catch (SQLException e) {
                if (!PgFaults.mayPass(e.getSQLState()) || System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private String jdbcUrl() {
        return "jdbc:" + database.url();
    }
}
