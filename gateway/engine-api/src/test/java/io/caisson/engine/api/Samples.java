package io.caisson.engine.api;

import io.caisson.container.api.ContainerDetail;
import io.caisson.container.api.ContainerState;
import io.caisson.container.api.ContainerState.Status;
import io.caisson.container.api.MountPoint;
import io.caisson.engine.api.container.CreateBody;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.EndpointId;
import io.caisson.kernel.NetworkId;
import io.caisson.kernel.NodeId;
import io.caisson.network.api.Endpoint;
import io.caisson.network.api.PublishedPort;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Things of the services as their ports show them. */
public final class Samples {
    public static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.5Z");
    private static final ContainerId ID = new ContainerId("c0ffee".repeat(10) + "beef");

    private Samples() {}

    /** A web server that runs, with one of its two ports published. */
    public static ContainerDetail running() {
        CreateBody body = CreateBody.parse(
                "{\"Image\":\"busybox\",\"Cmd\":[\"httpd\",\"-f\"],\"ExposedPorts\":{\"80/tcp\":{},\"81/tcp\":{}}}"
                        .getBytes(StandardCharsets.UTF_8),
                ApiVersion.MAX);
        var endpoint = new Endpoint(
                new NetworkId("e".repeat(64)),
                "bridge",
                new EndpointId("f".repeat(64)),
                ID,
                "web",
                "172.17.0.2",
                16,
                "172.17.0.1",
                "02:42:ac:11:00:02",
                List.of("alias"),
                List.of(),
                null,
                Map.of());
        return new ContainerDetail(
                new NodeId("local"),
                ID,
                "web",
                CREATED,
                "sha256:" + "ab".repeat(32),
                "busybox",
                "httpd",
                List.of("-f", "two words"),
                body.config(),
                body.hostConfig(),
                new ContainerState(Status.RUNNING, 42, 0, false, "", CREATED.plusSeconds(1), null, null),
                List.of(new MountPoint("bind", null, "/a", "/b", null, "ro", false, "rprivate")),
                List.of(endpoint),
                List.of(new PublishedPort("tcp", 80, "::", 8080), new PublishedPort("tcp", 80, "0.0.0.0", 8080)),
                Map.of(),
                0,
                "/log",
                "/hostname",
                "/hosts",
                "/resolv.conf",
                List.of());
    }

    /** Pretty and in a stable order where the order of fields does not matter. */
    public static String pretty(Object value) {
        try {
            var mapper = EngineJson.mapper();
            var tree = mapper.readTree(EngineJson.bytes(value));
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(sorted(tree));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Object sorted(com.fasterxml.jackson.databind.JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            return fields;
        }
        if (node.isArray()) {
            List<Object> items = new java.util.ArrayList<>();
            node.forEach(item -> items.add(sorted(item)));
            return items;
        }
        return node;
    }
}
