package io.caisson.executor.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.executor.api.LogFraming;
import io.caisson.executor.api.ReadLogs;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.NodeId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReadingTest {
    private static final String MINUTE = "2026-01-02T03:04:";

    @TempDir
    private Path folder = Path.of("");

    private Path log() {
        return folder.resolve("x-json.log");
    }

    private static String line(String stream, String text, String second) {
        return "{\"log\":\"" + text + "\",\"stream\":\"" + stream + "\",\"time\":\"" + MINUTE + second + "Z\"}\n";
    }

    private static ReadLogs query(long tail, @Nullable Long since, @Nullable Long until, boolean timestamps) {
        var container = new ContainerId("c");
        return new ReadLogs(
                new NodeId("n"), container, true, true, tail, since, until, timestamps, false, null, LogFraming.NONE);
    }

    private static long nanos(String second) {
        Instant at = Instant.parse(MINUTE + second + "Z");
        return at.getEpochSecond() * 1_000_000_000 + at.getNano();
    }

    private String read(ReadLogs query) throws IOException {
        var out = new ByteArrayOutputStream();
        new LogReading(log(), query, () -> false, out).run(InputStream.nullInputStream());
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldFrameEachStreamWhenAskedTo() throws IOException {
        Files.writeString(log(), line("stdout", "a\\n", "05") + line("stderr", "bc\\n", "06.5"));
        var container = new ContainerId("c");

        String text = read(new ReadLogs(
                new NodeId("n"), container, true, true, -1, null, null, false, false, null, LogFraming.LINES));

        assertThat(text).isEqualTo("\1\0\0\0\0\0\0\2a\n\2\0\0\0\0\0\0\3bc\n");
    }

    @Test
    void shouldPutManyLinesIntoAFrameWhenTheyMayShareOne() throws IOException {
        Files.writeString(
                log(), line("stdout", "a\\n", "05") + line("stdout", "b\\n", "05") + line("stderr", "c\\n", "06"));
        var container = new ContainerId("c");

        String text = read(new ReadLogs(
                new NodeId("n"), container, true, true, -1, null, null, false, false, null, LogFraming.SHARED));

        assertThat(text).isEqualTo("\1\0\0\0\0\0\0\4a\nb\n\2\0\0\0\0\0\0\2c\n");
    }

    @Test
    void shouldPutDetailsBetweenTimeAndText() throws IOException {
        Files.writeString(log(), line("stdout", "a\\n", "05"));
        var container = new ContainerId("c");

        String text = read(new ReadLogs(
                new NodeId("n"), container, true, true, -1, null, null, true, false, "app=x,tier=y", LogFraming.NONE));

        assertThat(text).isEqualTo("2026-01-02T03:04:05.000000000Z app=x,tier=y a\n");
    }

    @Test
    void shouldBoundSharedFrames() throws IOException {
        String line = line("stdout", "x".repeat(999) + "\\n", "05");
        Files.writeString(log(), line.repeat(40));
        var container = new ContainerId("c");

        String text = read(new ReadLogs(
                new NodeId("n"), container, true, true, -1, null, null, false, false, null, LogFraming.SHARED));

        assertThat(text.replace("x", "").replace("\n", "")).isEqualTo("\1\0\0\0\0\0}\0\1\0\0\0\0\0\37@");
    }

    @Test
    void shouldLeaveOutAStreamWhenNotAskedFor() throws IOException {
        Files.writeString(log(), line("stdout", "a\\n", "05") + line("stderr", "b\\n", "06"));
        var container = new ContainerId("c");

        String text = read(new ReadLogs(
                new NodeId("n"), container, false, true, -1, null, null, false, false, null, LogFraming.NONE));

        assertThat(text).isEqualTo("b\n");
    }

    @Test
    void shouldUndoEveryEscapeWhenReading() throws IOException {
        Files.writeString(log(), line("stdout", "\\\"\\\\\\/\\t\\u0007\\u003c\\u2028\\ud83d\\ude00é\\r\\n", "05"));

        assertThat(read(query(-1, null, null, false))).isEqualTo("\"\\/\t\7<\u2028\ud83d\ude00é\r\n");
    }

    @Test
    void shouldShowNineDigitsWhenTimesAreAskedFor() throws IOException {
        Files.writeString(
                log(),
                line("stdout", "a\\n", "05") + line("stdout", "b\\n", "06.12") + line("stdout", "c", "07.123456789"));

        assertThat(read(query(-1, null, null, true)))
                .isEqualTo(MINUTE + "05.000000000Z a\n" + MINUTE + "06.120000000Z b\n" + MINUTE + "07.123456789Z c");
    }

    @Test
    void shouldReadAttributesOverWhenThereAreSome() throws IOException {
        Files.writeString(
                log(),
                "{\"log\":\"x\\n\",\"stream\":\"stderr\",\"attrs\":{\"k\":\"v\"},\"time\":\"" + MINUTE + "05Z\"}\n");

        assertThat(read(query(-1, null, null, false))).isEqualTo("x\n");
    }

    @Test
    void shouldTakeSinceInclusiveAndUntilExclusiveWhenGiven() throws IOException {
        Files.writeString(
                log(),
                line("stdout", "a\\n", "05") + line("stdout", "b\\n", "06.000000001") + line("stdout", "c\\n", "07"));

        assertThat(read(query(-1, nanos("06.000000001"), null, false))).isEqualTo("b\nc\n");
        assertThat(read(query(-1, nanos("05"), nanos("07"), false))).isEqualTo("a\nb\n");
    }

    @Test
    void shouldBeginAtTheLastEntriesWhenTailIsGiven() throws IOException {
        Files.writeString(folder.resolve("x-json.log.2"), line("stdout", "1\\n", "01") + line("stdout", "2\\n", "02"));
        Files.writeString(folder.resolve("x-json.log.1"), line("stdout", "3\\n", "03"));
        Files.writeString(log(), line("stdout", "4\\n", "04") + line("stdout", "5\\n", "05"));

        assertThat(read(query(-1, null, null, false))).isEqualTo("1\n2\n3\n4\n5\n");
        assertThat(read(query(0, null, null, false))).isEmpty();
        assertThat(read(query(1, null, null, false))).isEqualTo("5\n");
        assertThat(read(query(2, null, null, false))).isEqualTo("4\n5\n");
        assertThat(read(query(4, null, null, false))).isEqualTo("2\n3\n4\n5\n");
        assertThat(read(query(9, null, null, false))).isEqualTo("1\n2\n3\n4\n5\n");
    }

    @Test
    void shouldFindTheTailWhenLinesCrossBlocks() throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.append(line("stdout", "entry " + i + "\\n", "05"));
        }
        Files.writeString(log(), text);

        assertThat(read(query(3000, null, null, false)).lines())
                .hasSize(3000)
                .startsWith("entry 2000")
                .endsWith("entry 4999");
    }

    @Test
    void shouldSkipWhatIsNoEntryWhenALineIsTorn() throws IOException {
        Files.writeString(log(), "{\"log\":\"torn\n" + line("stdout", "whole\\n", "05") + "{\"log\":\"tor");

        assertThat(read(query(-1, null, null, false))).isEqualTo("whole\n");
    }

    @Test
    void shouldTellNothingWhenThereIsNoLog() throws IOException {
        assertThat(read(query(-1, null, null, false))).isEmpty();
        assertThat(read(query(5, null, null, false))).isEmpty();
    }
}
