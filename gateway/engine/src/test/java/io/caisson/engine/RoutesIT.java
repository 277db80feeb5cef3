package io.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.container.api.ContainerList;
import io.caisson.container.api.ContainerState.Status;
import io.caisson.container.api.Containers;
import io.caisson.container.api.CreateContainer;
import io.caisson.container.api.CreatedContainer;
import io.caisson.container.api.KillContainer;
import io.caisson.container.api.ListContainers;
import io.caisson.container.api.StopContainer;
import io.caisson.container.api.WaitEvent;
import io.caisson.executor.api.Executor;
import io.caisson.image.api.Images;
import io.caisson.image.api.PullImage;
import io.caisson.image.api.PullProgress;
import io.caisson.image.api.RemoveImage;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.metadata.Event;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RoutesIT {
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private RawClient open(String method, String path, String... headers) throws IOException {
        var client = new RawClient(server.connect(true));
        client.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + String.join("", headers) + "\r\n");
        return client;
    }

    private String ask(String method, String path, String... headers) throws IOException {
        try (var client = open(method, path, with(headers, "Connection: close\r\n"))) {
            return client.readAll();
        }
    }

    private String post(String path, String json) throws IOException {
        try (var client = open(
                "POST",
                path,
                "Connection: close\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n")) {
            return client.send(json).readAll();
        }
    }

    private static String[] with(String[] headers, String more) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = more;
        return all;
    }

    @Test
    void shouldPingWithAndWithoutAVersion() throws IOException {
        assertThat(ask("GET", "/_ping"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Api-Version: 1.55\r\n", "Ostype: linux\r\n", "Server: Docker/29", "Swarm: inactive\r\n")
                .contains("Docker-Experimental: false\r\n", "Cache-Control: no-cache, no-store, must-revalidate\r\n")
                .endsWith("\r\n\r\nOK");
        assertThat(ask("HEAD", "/v1.24/_ping"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void shouldGateVersionsAndPaths() throws IOException {
        assertThat(ask("GET", "/v1.99/_ping")).startsWith("HTTP/1.1 400").contains("client version 1.99 is too new");
        assertThat(ask("GET", "/v1.12/_ping")).startsWith("HTTP/1.1 400").contains("client version 1.12 is too old");
        assertThat(ask("GET", "/v1.44/nonsense"))
                .startsWith("HTTP/1.1 404")
                .endsWith("{\"message\":\"page not found\"}\n");
        assertThat(ask("GET", "/nonsense")).startsWith("HTTP/1.1 404").contains("page not found", "Api-Version: ");
        assertThat(ask("POST", "/build")).startsWith("HTTP/1.1 501").contains("build is not implemented");
        assertThat(ask("GET", "/v1.44/nodes")).startsWith("HTTP/1.1 503").contains("This node is not a swarm manager.");
    }

    @Test
    void shouldTellWhoItIs() throws IOException {
        server.doubles.when(Executor.class, "info", _ -> Samples.HOST);
        server.doubles.when(
                Containers.class, "list", _ -> new ContainerList(List.of(Samples.container(Status.RUNNING, false))));
        server.doubles.when(Images.class, "list", _ -> new io.caisson.image.api.ImageList(List.of(Samples.image())));

        assertThat(ask("GET", "/version"))
                .contains("\"ApiVersion\":\"1.55\"", "\"MinAPIVersion\":\"1.24\"", "\"Arch\":\"amd64\"");
        assertThat(ask("GET", "/info"))
                .contains("\"ContainersRunning\":1", "\"Images\":1", "\"LocalNodeState\":\"inactive\"");
        assertThat(ask("GET", "/images/json")).contains("\"RepoTags\":[\"busybox:latest\"]", "\"Containers\":1");
    }

    @Test
    void shouldMapFaultsToStatusCodes() throws IOException {
        Map<Fault.Kind, Integer> statuses = Map.of(
                Fault.Kind.INVALID, 400,
                Fault.Kind.UNAUTHORIZED, 401,
                Fault.Kind.FORBIDDEN, 403,
                Fault.Kind.NOT_FOUND, 404,
                Fault.Kind.CONFLICT, 409,
                Fault.Kind.UNSUPPORTED, 501,
                Fault.Kind.UNAVAILABLE, 503,
                Fault.Kind.INTERNAL, 500);
        for (var entry : statuses.entrySet()) {
            server.doubles.when(Containers.class, "kill", _ -> {
                throw new Fault(entry.getKey(), "so \"it\" is");
            });
            assertThat(ask("POST", "/containers/x/kill?signal=HUP"))
                    .startsWith("HTTP/1.1 " + entry.getValue())
                    .endsWith("{\"message\":\"so \\\"it\\\" is\"}\n");
        }
        assertThat(server.doubles.commands.getFirst()).isEqualTo(new KillContainer("x", "HUP"));
    }

    @Test
    void shouldKeepTheConnectionAfterAnswersWithoutABody() throws Exception {
        server.doubles.when(Containers.class, "stop", _ -> {
            throw Fault.notModified("stopped");
        });
        server.doubles.when(Containers.class, "start", _ -> Done.DONE);

        try (var client = open("POST", "/v1.44/containers/x/stop?t=3")) {
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 304");
            client.send("POST /containers/x/start HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 204");
            // Two at once, the first with a body that nobody reads.
            client.send("POST /containers/x/rename HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345"
                    + "GET /_ping HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readUntil("empty\"}\n")).contains("HTTP/1.1 400");
            assertThat(client.readUntil("\r\n\r\nOK")).contains("HTTP/1.1 200");
        }
        assertThat(server.doubles.last(StopContainer.class)).isEqualTo(new StopContainer("x", null, 3));
    }

    @Test
    void shouldCloseWhenMuchOfABodyIsLeft() throws IOException {
        try (var client = open("POST", "/containers/x/rename", "Content-Length: 99999999\r\n")) {
            assertThat(client.send("1234").readAll())
                    .contains("HTTP/1.1 400")
                    .containsIgnoringCase("connection: close");
        }
    }

    @Test
    void shouldCreateWhatWasAskedFor() throws Exception {
        server.doubles.when(Containers.class, "create", _ -> new CreatedContainer(Samples.ID, List.of("careful")));

        assertThat(post("/v1.44/containers/create?name=web&platform=linux/arm64", "{\"Image\":\"b\",\"Cmd\":\"ls\"}"))
                .startsWith("HTTP/1.1 201")
                .endsWith("{\"Id\":\"" + Samples.ID + "\",\"Warnings\":[\"careful\"]}\n");
        var command = server.doubles.last(CreateContainer.class);
        assertThat(command.name()).isEqualTo("web");
        assertThat(command.config().cmd()).containsExactly("ls");
        assertThat(String.valueOf(command.platform())).isEqualTo("linux/arm64");
        assertThat(post("/containers/create", "{")).startsWith("HTTP/1.1 400").contains("invalid JSON");
        assertThat(ask("POST", "/containers/create", "Content-Type: text/plain\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("unsupported Content-Type header (text/plain): must be 'application/json'");
    }

    @Test
    void shouldListWithFilters() throws Exception {
        server.doubles.when(
                Containers.class, "list", _ -> new ContainerList(List.of(Samples.container(Status.EXITED, false))));

        assertThat(ask("GET", "/v1.44/containers/json?all=true&limit=2&filters=%7B%22label%22%3A%5B%22a%3Db%22%5D%7D"))
                .contains("\"Status\":\"Exited (3) ", "\"Names\":[\"/web\"]");
        assertThat(server.doubles.last(ListContainers.class))
                .isEqualTo(new ListContainers(true, 2, Map.of("label", List.of("a=b"))));
        assertThat(ask("GET", "/containers/json?filters=nonsense")).startsWith("HTTP/1.1 400");
    }

    @Test
    void shouldAnswerAWaitInTwoSteps() throws Exception {
        var end = new CompletableFuture<WaitEvent>();
        server.doubles.when(Containers.class, "waitFor", _ -> Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(new WaitEvent.Registered()),
                        Uni.createFrom().completionStage(end).toMulti()));

        try (var client = open("POST", "/v1.44/containers/x/wait?condition=next-exit")) {
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
            end.complete(new WaitEvent.Ended(7, null));
            assertThat(client.readUntil("}")).endsWith("{\"StatusCode\":7}");
        }
        assertThat(ask("POST", "/containers/x/wait?condition=never"))
                .startsWith("HTTP/1.1 400")
                .contains("invalid condition");
    }

    @Test
    void shouldStreamAPullAndItsTrouble() throws Exception {
        server.doubles.when(Images.class, "pull", _ -> Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(new PullProgress.Started("library/b", "1")),
                        Multi.createFrom().failure(Fault.notFound("gone"))));

        assertThat(ask("POST", "/images/create?fromImage=b&tag=1", "X-Registry-Auth: e30=\r\n"))
                .startsWith("HTTP/1.1 200 OK")
                .contains("{\"status\":\"Pulling from library/b\",\"id\":\"1\"}\r\n")
                .contains("{\"errorDetail\":{\"message\":\"gone\"},\"error\":\"gone\"}\r\n");
        assertThat(server.doubles.last(PullImage.class).reference()).hasToString("docker.io/library/b:1");

        server.doubles.when(Images.class, "pull", _ -> {
            throw new Fault(Fault.Kind.UNAVAILABLE, "Get \"https://r/v2/\": connection refused");
        });
        assertThat(ask("POST", "/images/create?fromImage=r:5000/b")).startsWith("HTTP/1.1 500");
        assertThat(ask("POST", "/images/create?fromImage=UPPER")).startsWith("HTTP/1.1 400");
    }

    @Test
    void shouldCancelAPullWhenTheClientGoes() throws Exception {
        var cancelled = new CompletableFuture<Boolean>();
        server.doubles.when(Images.class, "pull", _ -> Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(new PullProgress.Started("library/b", "1")),
                        Multi.createFrom().<PullProgress>nothing())
                .onCancellation()
                .invoke(() -> cancelled.complete(true)));

        var client = open("POST", "/images/create?fromImage=b&tag=1");
        var _ = client.readUntil("Pulling");
        client.close();

        assertThat(cancelled.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldRefuseToRemoveWithTheUsesAtHand() throws Exception {
        server.doubles.when(
                Containers.class, "list", _ -> new ContainerList(List.of(Samples.container(Status.EXITED, false))));
        server.doubles.when(
                Images.class,
                "remove",
                _ -> new io.caisson.image.api.ImageRemoval(List.of("a/b:1"), List.of("sha256:x")));

        assertThat(ask("DELETE", "/images/127.0.0.1:5000/a%2Fb:1?force=1"))
                .endsWith("[{\"Untagged\":\"a/b:1\"},{\"Deleted\":\"sha256:x\"}]\n");
        var command = server.doubles.last(RemoveImage.class);
        assertThat(command.nameOrId()).isEqualTo("127.0.0.1:5000/a/b:1");
        assertThat(command.force()).isTrue();
        assertThat(command.usedByStopped())
                .containsExactly(new RemoveImage.Use(Samples.IMAGE.toString(), Samples.ID.value()));
    }

    @Test
    void shouldFollowEvents() throws Exception {
        var queries = new CompletableFuture<io.caisson.metadata.EventQuery>();
        server.events = query -> {
            queries.complete(query);
            return Multi.createFrom()
                    .items(
                            Event.now("n", "container", "start", "a", Map.of("name", "x")),
                            Event.now("n", "image", "pull", "b", Map.of()))
                    .onCompletion()
                    .switchTo(Multi.createFrom().nothing());
        };

        try (var client = open("GET", "/v1.44/events?since=5&filters=%7B%22type%22%3A%5B%22image%22%5D%7D")) {
            assertThat(client.readUntil("\r\n\r\n")).contains("application/json");
            assertThat(client.readUntil("\n\r\n"))
                    .contains("\"Type\":\"image\"", "\"status\":\"pull\"")
                    .doesNotContain("start");
        }
        assertThat(queries.join().since()).isEqualTo(5_000_000_000L);
        assertThat(ask("GET", "/events?filters=%7B%22colour%22%3A%5B%22red%22%5D%7D"))
                .startsWith("HTTP/1.1 400")
                .contains("invalid filter 'colour'");
    }

    @Test
    void shouldAnswerWithAFaultWhenAServiceIsAway() throws IOException {
        try (var lonely = new TestServer()) {
            lonely.doubles.when(Executor.class, "info", _ -> {
                throw new Fault(Fault.Kind.UNAVAILABLE, "service executor is not running");
            });
            try (var client = new RawClient(lonely.connect(false))) {
                client.send("GET /version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                assertThat(client.readAll()).startsWith("HTTP/1.1 503").contains("service executor is not running");
            }
        }
    }
}
