package io.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.container.api.AttachContainer;
import io.caisson.container.api.AttachedStream;
import io.caisson.container.api.Containers;
import io.caisson.container.api.FindContainer;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HijackIT {
    private static final ContainerId ID = new ContainerId("a".repeat(64));

    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private TestServer server;
    private Streams streams;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
        streams = new Streams(server.folder.resolve("stream.sock"), true, this::echo);
        attachable(false);
        server.doubles.when(Containers.class, "detached", _ -> Done.DONE);
    }

    private void attachable(boolean terminal) {
        server.doubles.when(Containers.class, "attach", command -> {
            if (((AttachContainer) command).nameOrId().equals("nope")) {
                throw Fault.notFound("No such container: nope");
            }
            return new AttachedStream(ID, streams.target(true), terminal);
        });
    }

    @AfterEach
    void stop() throws IOException {
        streams.close();
        server.close();
    }

    /** Gives everything back, and says so when the input has ended. */
    private void echo(InputStream in, OutputStream out) throws IOException {
        try {
            long copied = in.transferTo(out);
            out.write(("bye " + copied).getBytes(StandardCharsets.US_ASCII));
            ended.complete("ended");
        } catch (IOException e) {
            ended.complete("broken");
            throw e;
        }
    }

    private static String head(String id, boolean upgrade) {
        return "POST /v1.44/containers/" + id + "/attach?stream=1&stdin=1&stdout=1&stderr=1 HTTP/1.1\r\nHost: x\r\n"
                + (upgrade ? "Connection: Upgrade\r\nUpgrade: tcp\r\n" : "");
    }

    private RawClient client(boolean unix) throws IOException {
        return new RawClient(server.connect(unix));
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void shouldEchoUntilTheInputEnds(boolean unix, boolean upgrade) throws IOException {
        try (RawClient client = client(unix)) {
            client.send(head("x", upgrade) + "\r\n");
            String answer = client.readUntil("\r\n\r\n");
            client.send("hi\n").endOutput();

            assertThat(answer)
                    .startsWith(upgrade ? "HTTP/1.1 101 UPGRADED\r\n" : "HTTP/1.1 200 OK\r\n")
                    .contains(
                            upgrade
                                    ? "Content-Type: application/vnd.docker.multiplexed-stream\r\n"
                                    : "Content-Type: application/vnd.docker.raw-stream\r\n");
            assertThat(client.readAll()).isEqualTo("hi\nbye 3");
        }
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void shouldKeepWhatCameWithTheHead(boolean unix, boolean upgrade) throws IOException {
        try (RawClient client = client(unix)) {
            client.send(head("x", upgrade) + "\r\nEARLY DATA\n").endOutput();

            assertThat(client.readAll()).endsWith("\r\n\r\nEARLY DATA\nbye 11");
        }
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void shouldAnswerWithAStatusWhenThereIsNothingToAttachTo(boolean unix, boolean upgrade) throws IOException {
        try (RawClient client = client(unix)) {
            client.send(head("nope", upgrade) + "\r\n");

            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 404 Not Found\r\n")
                    .contains("Api-Version: ")
                    .endsWith("{\"message\":\"No such container: nope\"}\n");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldDropTheBodyOfTheRequest(boolean unix) throws Exception {
        try (RawClient client = client(unix)) {
            client.send(head("x", true) + "Content-Length: 7\r\n\r\n{\"a\"");
            Thread.sleep(50); // two segments on purpose
            client.send(":1}in1").endOutput();

            assertThat(client.readAll()).endsWith("\r\n\r\nin1bye 3");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldDropTheLastChunkOfAChunkedRequest(boolean unix) throws IOException {
        try (RawClient client = client(unix)) {
            client.send(head("x", true) + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n000")
                    .endOutput();

            assertThat(client.readAll()).endsWith("\r\n\r\n000bye 3");
        }
    }

    @Test
    void shouldEndTheOtherSideWhenTheClientIsGone() throws Exception {
        // Given a client that has ended its input, so that its going away is no other event
        try (Streams silent = new Streams(server.folder.resolve("silent.sock"), true, (in, out) -> {
            var _ = in.readAllBytes();
            try {
                while (true) {
                    out.write(0);
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            } catch (InterruptedException | IOException _) {
                ended.complete("gone");
            }
        })) {
            server.doubles.when(Containers.class, "attach", _ -> new AttachedStream(ID, silent.target(true), false));
            RawClient client = client(true);
            client.send(head("x", true) + "\r\n");
            var _ = client.readUntil("\r\n\r\n");

            // When
            client.close();

            // Then
            assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo("gone");
        }
    }

    @Test
    void shouldNoticeAGoneClientOfASilentContainer() throws Exception {
        try (Streams silent = new Streams(server.folder.resolve("silent.sock"), true, (in, out) -> {
            var _ = in.readAllBytes();
            // Half-closed only: a full close shows when it is written to.
            while (!ended.isDone()) {
                try {
                    TimeUnit.MILLISECONDS.sleep(3_000);
                    out.write(0);
                    TimeUnit.MILLISECONDS.sleep(10);
                    out.write(0);
                    ended.complete("still there");
                } catch (IOException _) {
                    ended.complete("gone");
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        })) {
            server.doubles.when(Containers.class, "attach", _ -> new AttachedStream(ID, silent.target(true), false));
            RawClient client = client(true);
            client.send(head("x", true) + "\r\n");
            var _ = client.readUntil("\r\n\r\n");

            client.close();

            assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo("gone");
        }
    }

    @Test
    void shouldLeaveByTheDetachKeys() throws Exception {
        attachable(true);
        try (RawClient client = client(true)) {
            client.send(head("x", true) + "\r\n");
            String answer = client.readUntil("\r\n\r\n");
            client.send("ls\020").send("\021ignored");

            assertThat(answer).contains("Content-Type: application/vnd.docker.raw-stream\r\n");
            assertThat(client.readAll()).isIn("ls", "");
            assertThat(ended.get(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(server.doubles.last(FindContainer.class).nameOrId()).isEqualTo(ID.value());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCarryMuchBothWaysInLittleMemory(boolean unix) throws Exception {
        long total = 512L << 20;
        try (RawClient client = client(unix)) {
            client.send(head("x", true) + "\r\n");
            var _ = client.readUntil("\r\n\r\n");
            Thread sender = Thread.ofPlatform().start(() -> sendMuch(client, total));

            long received = 0;
            var buffer = java.nio.ByteBuffer.allocateDirect(1 << 20);
            int read = client.channel.read(buffer);
            while (read >= 0) {
                received += read;
                buffer.clear();
                read = client.channel.read(buffer);
            }
            sender.join();

            assertThat(received).isEqualTo(total + ("bye " + total).length());
        }
    }

    private static void sendMuch(RawClient client, long total) {
        byte[] block = new byte[1 << 20];
        try {
            for (long sent = 0; sent < total; sent += block.length) {
                client.send(block);
            }
            client.endOutput();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
