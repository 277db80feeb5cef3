package io.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.container.api.ContainerState.Status;
import io.caisson.container.api.Containers;
import io.caisson.container.api.ReadContainerLogs;
import io.caisson.image.api.ArchiveUpload;
import io.caisson.image.api.Images;
import io.caisson.image.api.LoadImages;
import io.caisson.image.api.LoadProgress;
import io.caisson.image.api.SaveImages;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logs, load and save: bytes between a client and a dialled stream. */
@Timeout(60)
class BytesIT {
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Streams streams(Streams.Work work) throws IOException {
        return new Streams(server.folder.resolve("stream.sock"), false, work);
    }

    private RawClient open(String head) throws IOException {
        var client = new RawClient(server.connect(true));
        client.send(head);
        return client;
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    }

    @Test
    void shouldStreamLogs() throws Exception {
        var go = new CountDownLatch(1);
        try (var logs = streams((_, out) -> {
            try {
                var _ = go.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            out.write("\1\0\0\0\0\0\0\3hi\n".getBytes(StandardCharsets.ISO_8859_1));
        })) {
            server.doubles.when(Containers.class, "inspect", _ -> Samples.container(Status.RUNNING, false));
            server.doubles.when(Containers.class, "logs", _ -> logs.target(false));

            try (var client = open(get("/v1.44/containers/x/logs?stdout=1&follow=1&tail=10&since=3.5&details=1"))) {
                assertThat(client.readUntil("\r\n\r\n"))
                        .startsWith("HTTP/1.1 200")
                        .contains("application/vnd.docker.multiplexed-stream");
                go.countDown();
                assertThat(client.readAll()).contains("hi\n").endsWith("0\r\n\r\n");
            }
        }
        assertThat(server.doubles.last(ReadContainerLogs.class))
                .isEqualTo(new ReadContainerLogs("x", true, false, 10, 3_500_000_000L, null, false, true, true, false));
    }

    @Test
    void shouldLetLinesShareFramesForTheDockerCli() throws Exception {
        try (var logs = streams((_, out) -> out.write(new byte[0]))) {
            server.doubles.when(Containers.class, "inspect", _ -> Samples.container(Status.RUNNING, false));
            server.doubles.when(Containers.class, "logs", _ -> logs.target(false));

            String request = get("/v1.44/containers/x/logs?stdout=1")
                    .replace("\r\n\r\n", "\r\nUser-Agent: Docker-Client/28.0.0 (linux)\r\n\r\n");
            try (var client = open(request)) {
                assertThat(client.readAll()).startsWith("HTTP/1.1 200");
            }
        }
        assertThat(server.doubles.last(ReadContainerLogs.class).sharedFrames()).isTrue();
    }

    @Test
    void shouldRefuseLogsWithoutAStream() throws IOException {
        try (var client = open(get("/containers/x/logs"))) {
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 400")
                    .contains("Bad parameters: you must choose at least one stream");
        }
    }

    @Test
    void shouldStopALogWhenTheClientGoes() throws Exception {
        var ended = new CompletableFuture<String>();
        try (var logs = streams((_, out) -> {
            byte[] block = new byte[64 << 10];
            try {
                while (true) {
                    out.write(block);
                }
            } catch (IOException e) {
                ended.complete("gone");
            }
        })) {
            server.doubles.when(Containers.class, "inspect", _ -> Samples.container(Status.RUNNING, true));
            server.doubles.when(Containers.class, "logs", _ -> logs.target(false));

            var client = open(get("/containers/x/logs?stdout=1&follow=1"));
            assertThat(client.readUntil("\r\n\r\n")).contains("application/vnd.docker.raw-stream");
            client.close();

            assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo("gone");
        }
    }

    @Test
    void shouldLoadWhatIsUploaded() throws Exception {
        var received = new CompletableFuture<Long>();
        try (var archive =
                streams((in, _) -> received.complete(in.transferTo(java.io.OutputStream.nullOutputStream())))) {
            server.doubles.when(Images.class, "openLoad", _ -> new ArchiveUpload("a1", archive.target(false)));
            server.doubles.when(Images.class, "load", _ -> Multi.createFrom()
                    .items(new LoadProgress.Layer("abc", 1, 2), new LoadProgress.Loaded("Loaded image: a:b")));
            int size = 64 << 20;

            try (var client = open("POST /images/load?quiet=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "Expect: 100-continue\r\nContent-Length: " + size + "\r\n\r\n")) {
                assertThat(client.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
                client.send(new byte[size]);

                assertThat(client.readAll())
                        .startsWith("HTTP/1.1 200")
                        .contains("{\"stream\":\"Loaded image: a:b\\n\"}\r\n")
                        .doesNotContain("Loading layer");
            }
            assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo(size);
        }
        assertThat(server.doubles.last(LoadImages.class).archive()).isEqualTo("a1");
    }

    @Test
    void shouldEndAnUploadWhoseClientGoes() throws Exception {
        var received = new CompletableFuture<Long>();
        try (var archive =
                streams((in, _) -> received.complete(in.transferTo(java.io.OutputStream.nullOutputStream())))) {
            server.doubles.when(Images.class, "openLoad", _ -> new ArchiveUpload("a1", archive.target(false)));

            var client =
                    open("POST /images/load HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n");
            Thread.sleep(100); // so that the upload has begun
            client.close();

            assertThat(received.get(10, TimeUnit.SECONDS)).isLessThanOrEqualTo(4);
        }
        assertThat(server.doubles.commands).noneMatch(LoadImages.class::isInstance);
    }

    @Test
    void shouldSave() throws Exception {
        try (var archive = streams((_, out) -> out.write(new byte[1 << 20]))) {
            server.doubles.when(Images.class, "save", _ -> archive.target(false));

            try (var client = open(get("/images/get?names=a&names=b:1"))) {
                assertThat(client.readUntil("\r\n\r\n")).contains("application/x-tar");
                assertThat(client.readAll().length()).isGreaterThan(1 << 20);
            }
            assertThat(server.doubles.last(SaveImages.class).names()).isEqualTo(List.of("a", "b:1"));
        }
        server.doubles.when(Images.class, "save", _ -> {
            throw Fault.notFound("No such image: a:latest");
        });
        try (var client = open(get("/images/a/get"))) {
            assertThat(client.readAll()).startsWith("HTTP/1.1 404").contains("No such image: a:latest");
        }
    }
}
