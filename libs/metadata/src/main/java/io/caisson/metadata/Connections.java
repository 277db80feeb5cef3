package io.caisson.metadata;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Connections that are given up when nothing answers: nobody waits for one longer than for an answer, so that nothing is
 * carried out for someone who has already been told that it failed; one whose peer is gone without a word is closed by the
 * kernel; a statement that runs or waits for a lock for too long is ended by the server.
 */
@Singleton
class Connections implements PgPoolCreator {
    private final int patience;

    Connections(@ConfigProperty(name = "caisson.database.answer") Duration patience) {
        this.patience = Math.toIntExact(Math.max(1, patience.toMillis()));
    }

    @Override
    public Pool create(Input input) {
        List<PgConnectOptions> servers = input.pgConnectOptionsList();
        servers.forEach(this::bound);
        PoolOptions options =
                input.poolOptions().setConnectionTimeout(patience).setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        return PgBuilder.pool()
                .with(options)
                .connectingTo(List.<SqlConnectOptions>copyOf(servers))
                .using(input.vertx())
                .build();
    }

    private void bound(PgConnectOptions server) {
        server.setConnectTimeout(patience);
        server.setTcpKeepAlive(true);
        server.setTcpUserTimeout(patience);
        server.addProperty("statement_timeout", String.valueOf(patience));
    }
}
