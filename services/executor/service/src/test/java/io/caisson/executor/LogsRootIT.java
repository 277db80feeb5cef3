package io.caisson.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.bus.stream.StreamDial;
import io.caisson.executor.api.DescribeHost;
import io.caisson.executor.api.LogFraming;
import io.caisson.executor.api.ReadLogs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class LogsRootIT {
    private final TestHost host;

    LogsRootIT() throws IOException {
        host = new TestHost();
    }

    @AfterEach
    void close() throws IOException {
        host.close();
    }

    private SocketChannel open(TestTask task, long tail, boolean follow) throws IOException {
        return StreamDial.open(TestHost.await(host.executor()
                .logs(new ReadLogs(
                        TestHost.NODE,
                        task.id(),
                        true,
                        true,
                        tail,
                        null,
                        null,
                        false,
                        follow,
                        null,
                        LogFraming.LINES))));
    }

    @Test
    void shouldFollowToTheEndWhenContainerGoesOn() throws IOException {
        TestTask task = host.task("sh", "-c", "echo one; while read line; do echo $line; done")
                .withStdin();
        try (SocketChannel attached = task.attach()) {
            host.start(task.command());
            try (SocketChannel logs = open(task, -1, true)) {
                assertThat(read(logs, Bytes.frame(1, "one\n").length())).isEqualTo(Bytes.frame(1, "one\n"));

                var _ = attached.write(ByteBuffer.wrap("two\n".getBytes(StandardCharsets.UTF_8)));
                assertThat(read(logs, Bytes.frame(1, "two\n").length())).isEqualTo(Bytes.frame(1, "two\n"));

                attached.shutdownOutput();
                assertThat(Bytes.readAll(logs)).isEmpty();
            }
        }
        try (SocketChannel logs = open(task, 1, false)) {
            assertThat(Bytes.readAll(logs)).isEqualTo(Bytes.frame(1, "two\n"));
        }
    }

    private static String read(SocketChannel channel, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // until it is whole
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldDescribeTheHostWhenAsked() {
        var info = TestHost.await(host.executor().info(new DescribeHost(TestHost.NODE)));

        assertThat(info.kernelVersion()).isNotEmpty();
        assertThat(info.memory()).isPositive();
        assertThat(info.runtimeName()).isEqualTo("runc");
        assertThat(info.runtimeVersion()).containsPattern("[0-9]+\\.[0-9]+");
        assertThat(info.memoryLimit()).isTrue();
    }
}
