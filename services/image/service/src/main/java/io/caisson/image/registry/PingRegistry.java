package io.caisson.image.registry;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** {@code GET /v2/}: is somebody there, and how does one authenticate (distribution spec, end-1). */
@ApplicationScoped
class PingRegistry {
    private static final int MAX_BYTES = 1 << 16;

    private final RegistryHttp http;

    PingRegistry(RegistryHttp http) {
        this.http = http;
    }

    /** The challenges that the registry answers with; none when it needs no authentication. */
    Uni<List<Challenge>> ping(Endpoint endpoint) {
        return http.send(HttpCall.get(endpoint.uri(""), Map.of(), endpoint.insecure(), MAX_BYTES))
                .map(reply -> reply.status() == 401
                        ? Challenge.parse(reply.headers().getAll("WWW-Authenticate"))
                        : List.of());
    }

    /** The same as somebody; any answer. */
    Uni<HttpReply> ping(Endpoint endpoint, String authorization) {
        var headers = Map.of("Authorization", authorization);
        return http.send(HttpCall.get(endpoint.uri(""), headers, endpoint.insecure(), MAX_BYTES));
    }
}
