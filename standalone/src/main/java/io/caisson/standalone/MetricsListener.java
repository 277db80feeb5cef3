package io.caisson.standalone;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Docker's {@code metrics-addr}: an address where {@code GET /metrics} answers Prometheus, and nothing else does. The
 * engine's own socket has the same at {@code /q/metrics}.
 */
@ApplicationScoped
@SuppressWarnings("deprecation") // the one that Quarkus keeps is the one before the newest
class MetricsListener {
    private static final Logger LOG = Logger.getLogger(MetricsListener.class);
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int LAST = Integer.MAX_VALUE;
    private static final long PATIENCE = 10;

    private final Vertx vertx;
    private final PrometheusMeterRegistry registry;
    private final Optional<String> address;

    MetricsListener(
            Vertx vertx,
            PrometheusMeterRegistry registry,
            @ConfigProperty(name = Settings.METRICS_ADDRESS) Optional<String> address) {
        this.vertx = vertx;
        this.registry = registry;
        this.address = address;
    }

    void open(@Observes @Priority(LAST) StartupEvent event) throws Exception {
        if (address.isPresent()) {
            TcpAddress where = TcpAddress.parse(address.get());
            var _ = vertx.createHttpServer()
                    .requestHandler(this::answer)
                    .listen(where.port(), where.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE, TimeUnit.SECONDS);
            LOG.infof("Metrics on http://%s/metrics", where);
        }
    }

    private void answer(HttpServerRequest request) {
        if (!request.path().equals("/metrics")) {
            var _ = request.response().setStatusCode(404).end();
            return;
        }
        vertx.executeBlocking(() -> registry.scrape())
                .onSuccess(text -> {
                    var _ = request.response().putHeader("Content-Type", TYPE).end(text);
                })
                .onFailure(error -> {
                    LOG.warn("metrics", error);
                    var _ = request.response().setStatusCode(500).end();
                });
    }
}
