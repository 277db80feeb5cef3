package io.caisson.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.container.api.AttachedStream;
import io.caisson.container.api.ContainerList;
import io.caisson.container.api.ContainerState.Status;
import io.caisson.container.api.Containers;
import io.caisson.container.api.CreatedContainer;
import io.caisson.container.api.WaitEvent;
import io.caisson.executor.api.Executor;
import io.caisson.image.api.Images;
import io.caisson.image.api.PullProgress;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.LayerProgress;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** The real docker command line against the doubles. */
@Timeout(60)
@EnabledIf(value = "hasDocker", disabledReason = "no docker command on the PATH")
class DockerCliIT {
    private TestServer server;

    static boolean hasDocker() {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "docker")));
    }

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private record Result(int code, String output) {}

    private Result docker(String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("docker", "-H", "unix://" + server.socket));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var output = new ByteArrayOutputStream();
        var _ = process.getInputStream().transferTo(output);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldShowVersionsAndContainers() throws Exception {
        server.doubles.when(Executor.class, "info", _ -> Samples.HOST);
        server.doubles.when(
                Containers.class, "list", _ -> new ContainerList(List.of(Samples.container(Status.RUNNING, false))));

        assertThat(docker("", "version").output()).contains("29.0.0+caisson", "(minimum version 1.24)", "runc:");
        assertThat(docker("", "ps").output()).contains("c0ffeec0ffee", "busybox", "Up About a minute", "web");
    }

    @Test
    void shouldPull() throws Exception {
        server.doubles.when(Images.class, "pull", _ -> Multi.createFrom()
                .items(
                        new PullProgress.Started("library/busybox", "latest"),
                        new PullProgress.LayerQueued(Samples.IMAGE),
                        new PullProgress.LayerMoved(Samples.IMAGE, new LayerProgress.Ready(Samples.IMAGE, 1)),
                        new PullProgress.Pulled(Samples.IMAGE, Samples.IMAGE, true, "busybox:latest")));

        Result result = docker("", "pull", "busybox");

        assertThat(result.output())
                .contains(
                        "latest: Pulling from library/busybox",
                        "abababababab: Pull complete",
                        "Status: Downloaded newer image for busybox:latest");
        assertThat(result.code()).isZero();
    }

    @Test
    void shouldRunWithInputAndExitCode() throws Exception {
        var ended = new CompletableFuture<WaitEvent>();
        try (var streams = new Streams(server.folder.resolve("stream.sock"), true, (in, out) -> {
            byte[] input = in.readAllBytes();
            out.write(new byte[] {1, 0, 0, 0, 0, 0, 0, (byte) input.length});
            out.write(input);
            ended.complete(new WaitEvent.Ended(7, null));
        })) {
            server.doubles.when(Containers.class, "create", _ -> new CreatedContainer(Samples.ID, List.of()));
            server.doubles.when(
                    Containers.class, "attach", _ -> new AttachedStream(Samples.ID, streams.target(true), false));
            server.doubles.when(Containers.class, "waitFor", _ -> Multi.createBy()
                    .concatenating()
                    .streams(
                            Multi.createFrom().item(new WaitEvent.Registered()),
                            Uni.createFrom().completionStage(ended).toMulti()));
            server.doubles.when(Containers.class, "start", _ -> Done.DONE);

            Result result = docker("hello\n", "run", "-i", "busybox", "cat");

            assertThat(result).isEqualTo(new Result(7, "hello\n"));
        }
    }

    @Test
    void shouldReportWhatCannotStart() throws Exception {
        server.doubles.when(Containers.class, "create", _ -> new CreatedContainer(Samples.ID, List.of()));
        server.doubles.when(Containers.class, "start", _ -> {
            throw Fault.invalid("exec: \"nope\": executable file not found in $PATH");
        });

        Result result = docker("", "run", "-d", "busybox", "nope");

        assertThat(result.code()).isEqualTo(127);
        assertThat(result.output()).contains("executable file not found");
    }
}
