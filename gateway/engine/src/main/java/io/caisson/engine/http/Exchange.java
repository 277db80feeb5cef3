package io.caisson.engine.http;

import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.Filters;
import io.caisson.engine.api.Parameters;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request, with its version and variables. Everything happens on its connection's event loop. */
public final class Exchange {
    private static final int NO_BODY_WITH_START = 7;

    private final HttpServerRequest request;
    private final Context context;
    private final ApiVersion version;
    private final Map<String, String> variables;

    Exchange(HttpServerRequest request, Context context, ApiVersion version, Map<String, String> variables) {
        this.request = request;
        this.context = context;
        this.version = version;
        this.variables = variables;
    }

    public HttpServerRequest request() {
        return request;
    }

    public ApiVersion version() {
        return version;
    }

    /** A variable of the path. */
    public String path(String name) {
        return variables.getOrDefault(name, "");
    }

    /** A query parameter; empty when it is not there. */
    public String query(String name) {
        String value = request.getParam(name);
        return value == null ? "" : value;
    }

    /** Null when it is not there or empty. */
    public @Nullable String optional(String name) {
        String value = query(name);
        return value.isEmpty() ? null : value;
    }

    public List<String> all(String name) {
        return request.params().getAll(name);
    }

    public boolean flag(String name) {
        return Parameters.flag(query(name));
    }

    /** INVALID when it is there and no number. */
    public @Nullable Integer number(String name) {
        String value = optional(name);
        return value == null ? null : Integer.valueOf(Parameters.integer(value));
    }

    public Map<String, List<String>> filters() {
        return Filters.parse(query("filters"));
    }

    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    /** The body of a JSON request: INVALID when it says that it is something else. */
    public Uni<byte[]> json() {
        String type = header("Content-Type");
        if (type != null && !type.isBlank() && !isJson(type)) {
            throw Fault.invalid("unsupported Content-Type header (" + type + "): must be 'application/json'");
        }
        return RequestBody.collect(request);
    }

    private static boolean isJson(String type) {
        int semicolon = type.indexOf(';');
        String media = semicolon < 0 ? type : type.substring(0, semicolon);
        return media.strip().equalsIgnoreCase("application/json");
    }

    /** For routes that once took a body: {@code {}}, {@code null} and blanks are let through. */
    public void refuseBody(String message) {
        String length = header("Content-Length");
        if (length != null && Long.parseLong(length) > NO_BODY_WITH_START) {
            throw Fault.invalid(message);
        }
    }

    /** Runs work on the event loop after some milliseconds. */
    BiConsumer<Long, Runnable> timer() {
        return (millis, work) -> context.owner().setTimer(millis, _ -> work.run());
    }

    /** Hands work over to the event loop; at once when already there. */
    public Executor executor() {
        return work -> {
            if (io.vertx.core.Vertx.currentContext() == context) {
                work.run();
            } else {
                context.runOnContext(_ -> work.run());
            }
        };
    }
}
