package io.caisson.metadata;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** Where the database is. */
@ConfigMapping(prefix = "caisson.database")
interface DatabaseSettings {
    /** {@code postgresql://host:port/database}, without credentials. */
    String url();

    String username();

    String password();

    /** How long a start waits for a database that doesn't answer yet. */
    @WithDefault("60s")
    @WithName("wait")
    Duration patience();

    /** How long a request waits for an answer; what takes longer is ended with an error. */
    @WithDefault("10s")
    Duration answer();

    /** Connections per process. */
    @WithDefault("10")
    int pool();
}
