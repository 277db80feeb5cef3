package io.caisson.executor;

import io.caisson.executor.api.LogFraming;
import io.caisson.executor.api.ReadLogs;
import io.caisson.executor.api.StartTask;
import io.caisson.executor.logs.LogReading;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Prints what starts and log readings cost here; run it by hand, as root. */
final class Benchmark {
    private static final int STARTS = 60;

    private Benchmark() {}

    public static void main(String[] args) throws IOException {
        readLog();
        try (TestHost host = new TestHost()) {
            starts("no network", host, false);
            starts("bridged", host, true);
        }
    }

    private static void starts(String what, TestHost host, boolean connected) throws IOException {
        long[] start = new long[STARTS];
        long[] exit = new long[STARTS];
        for (int i = 0; i < STARTS; i++) {
            TestTask task = host.task("true");
            StartTask command = (connected ? task.connected(2 + i % 200) : task).command();
            try (TaskLogbook watch = host.watch()) {
                long begin = System.nanoTime();
                host.start(command);
                start[i] = System.nanoTime() - begin;
                watch.awaitExit(task.id());
                exit[i] = System.nanoTime() - begin;
            }
            TestHost.await(host.executor().purge(TestHost.ref(task.id())));
        }
        System.out.printf("%s: start p50 %.1f ms, start to exit told p50 %.1f ms%n", what, p50(start), p50(exit));
    }

    private static double p50(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1e6;
    }

    private static void readLog() throws IOException {
        Path log = Files.createTempFile("bench", "-json.log");
        try {
            String line =
                    "{\"log\":\"2026-01-02 03:04:05 INFO a usual line of a usual service, about as long as this\\n\","
                            + "\"stream\":\"stdout\",\"time\":\"2026-01-02T03:04:05.123456789Z\"}\n";
            byte[] block = line.repeat(6000).getBytes(StandardCharsets.UTF_8);
            try (OutputStream out = Files.newOutputStream(log)) {
                for (int i = 0; i < 500; i++) {
                    out.write(block);
                }
            }
            for (int round = 0; round < 4; round++) {
                readLog(log, false);
                readLog(log, true);
            }
        } finally {
            Files.delete(log);
        }
    }

    private static void readLog(Path log, boolean timestamps) throws IOException {
        var query = new ReadLogs(
                TestHost.NODE,
                new io.caisson.kernel.ContainerId("b"),
                true,
                true,
                -1,
                null,
                null,
                timestamps,
                false,
                null,
                LogFraming.LINES);
        long begin = System.nanoTime();
        new LogReading(log, query, () -> false, OutputStream.nullOutputStream()).run(InputStream.nullInputStream());
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf("log, timestamps %s: %.0f MB/s of file%n", timestamps, Files.size(log) / seconds / 1e6);
    }
}
