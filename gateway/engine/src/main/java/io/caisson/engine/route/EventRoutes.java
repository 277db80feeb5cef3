package io.caisson.engine.route;

import io.caisson.engine.Services;
import io.caisson.engine.api.EngineJson;
import io.caisson.engine.api.Parameters;
import io.caisson.engine.api.system.EventFilter;
import io.caisson.engine.api.system.EventMessage;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.metadata.Event;
import io.caisson.metadata.EventQuery;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What happened and happens: durable, so that {@code since} reaches as far back as events are kept. */
public final class EventRoutes {
    private static final int JSON_LINES = 52;
    private static final long SECOND = 1_000_000_000L;
    private static final byte RECORD_SEPARATOR = 0x1e;

    private final Services services;
    private final AtomicInteger listeners = new AtomicInteger();

    public EventRoutes(Services services) {
        this.services = services;
    }

    public void addTo(RouteTable table) {
        table.get("/events", this::follow);
    }

    /** How many clients follow now. */
    int listeners() {
        return listeners.get();
    }

    private Uni<Answer> follow(Exchange exchange) {
        EventFilter filter = EventFilter.of(exchange.filters());
        Format format = Format.of(exchange);
        Multi<byte[]> lines = services.events()
                .apply(query(exchange))
                .select()
                .where(filter)
                .map(event -> format.line(event, exchange))
                .onSubscription()
                .invoke(() -> listeners.incrementAndGet())
                .onTermination()
                .invoke(() -> listeners.decrementAndGet());
        Multi<byte[]> withHead =
                Multi.createBy().concatenating().streams(Multi.createFrom().item(new byte[0]), lines);
        return Uni.createFrom().item(new Answer.Pieces(format.type, withHead, null));
    }

    /** A client that names no beginning gets what happens from the moment of its request, not from some time after. */
    private static EventQuery query(Exchange exchange) {
        Instant now = Instant.now();
        Long since = Parameters.time(exchange.optional("since"), now);
        Long until = Parameters.time(exchange.optional("until"), now);
        return EventQuery.between(since == null ? now.getEpochSecond() * SECOND + now.getNano() : since, until);
    }

    private enum Format {
        JSON("application/json", UnaryOperator.identity()),
        JSONL("application/jsonl", UnaryOperator.identity()),
        NDJSON("application/x-ndjson", UnaryOperator.identity()),
        SEQUENCE("application/json-seq", Format::separated);

        final String type;
        private final UnaryOperator<byte[]> frame;

        Format(String type, UnaryOperator<byte[]> frame) {
            this.type = type;
            this.frame = frame;
        }

        static Format of(Exchange exchange) {
            String accept = accepted(exchange.header("Accept"));
            if (!exchange.version().atLeast(JSON_LINES)) {
                return JSON;
            }
            for (Format format : new Format[] {SEQUENCE, NDJSON, JSONL}) {
                if (accept.contains(format.type)) {
                    return format;
                }
            }
            return accept.contains(JSON.type) ? JSON : JSONL;
        }

        private static String accepted(@Nullable String accept) {
            return accept == null ? "" : accept;
        }

        byte[] line(Event event, Exchange exchange) {
            byte[] json = EngineJson.bytes(EventMessage.of(event, exchange.version()));
            byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            return frame.apply(line);
        }

        private static byte[] separated(byte[] line) {
            byte[] framed = new byte[line.length + 1];
            framed[0] = RECORD_SEPARATOR;
            System.arraycopy(line, 0, framed, 1, line.length);
            return framed;
        }
    }
}
