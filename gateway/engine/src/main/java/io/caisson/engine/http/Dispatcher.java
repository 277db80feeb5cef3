package io.caisson.engine.http;

import io.caisson.bus.metrics.Timers;
import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.stream.HijackedConnection;
import io.caisson.kernel.Fault;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the route of a request, with or without {@code /v1.NN} before its path, and sees its answer sent. Unversioned
 * paths that no route knows are left to others (health, metrics).
 */
public final class Dispatcher implements Handler<RoutingContext> {
    private static final Pattern VERSIONED = Pattern.compile("/v([0-9][0-9.]*)(/.*)");

    private final Vertx vertx;
    private final RouteTable routes;

    public Dispatcher(Vertx vertx, RouteTable routes) {
        this.vertx = vertx;
        this.routes = routes;
    }

    @Override
    public void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Matcher versioned = VERSIONED.matcher(request.path());
        boolean named = versioned.matches();
        RouteTable.Match match = routes.find(request.method(), named ? versioned.group(2) : request.path());
        if (match == null && !named) {
            routing.next();
            return;
        }
        addHeaders(request.response());
        try {
            ApiVersion version = named ? ApiVersion.negotiate(versioned.group(1)) : ApiVersion.MAX;
            if (match == null) {
                throw Fault.notFound("page not found");
            }
            run(match, exchange(request, version, match.variables()));
        } catch (RuntimeException e) {
            Sender.fault(exchange(request, ApiVersion.MAX, Map.of()), e);
        }
    }

    /** For what no one else knows either. */
    public void notFound(RoutingContext routing) {
        addHeaders(routing.response());
        Sender.fault(exchange(routing.request(), ApiVersion.MAX, Map.of()), Fault.notFound("page not found"));
    }

    private Exchange exchange(HttpServerRequest request, ApiVersion version, Map<String, String> variables) {
        return new Exchange(request, vertx.getOrCreateContext(), version, variables);
    }

    private static void run(RouteTable.Match match, Exchange exchange) {
        switch (match.target()) {
            case Route.Target.Acts acts -> act(match.path(), acts.action(), exchange);
            case Route.Target.TakesOver over ->
                over.takeOver()
                        .run(
                                exchange,
                                over.withBody()
                                        ? HijackedConnection.takeWithBody(exchange.request())
                                        : HijackedConnection.take(exchange.request()));
        }
    }

    private static void act(String route, Action action, Exchange exchange) {
        if (RequestBody.isThere(exchange.request())) {
            exchange.request().pause();
        }
        long begin = System.nanoTime();
        action.answer(exchange)
                .emitOn(exchange.executor())
                .subscribe()
                .with(
                        answer -> {
                            Sender.send(exchange, answer);
                            count(exchange, route, begin, answer.status());
                        },
                        error -> {
                            Sender.fault(exchange, error);
                            count(
                                    exchange,
                                    route,
                                    begin,
                                    FaultStatus.of(Fault.of(error).kind()));
                        });
    }

    private static void count(Exchange exchange, String route, long begin, int status) {
        String method = exchange.request().method().name();
        Timers.since(begin, Timers.API_REQUEST, "method", method, "route", route, "status", Integer.toString(status));
    }

    private static void addHeaders(HttpServerResponse response) {
        StandardHeaders.ALL.forEach(response::putHeader);
    }
}
