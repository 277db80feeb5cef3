package io.caisson.engine.api.container;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.caisson.executor.api.TaskUsage;
import io.caisson.executor.api.TaskUsage.Io;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Block devices: lists that the kernel does not keep are empty with version 1 of control groups and null with 2. */
@JsonNaming(SnakeCaseStrategy.class)
public record BlockIoView(
        @Nullable List<Entry> ioServiceBytesRecursive,
        @Nullable List<Entry> ioServicedRecursive,
        @Nullable List<Entry> ioQueueRecursive,
        @Nullable List<Entry> ioServiceTimeRecursive,
        @Nullable List<Entry> ioWaitTimeRecursive,
        @Nullable List<Entry> ioMergedRecursive,
        @Nullable List<Entry> ioTimeRecursive,
        @Nullable List<Entry> sectorsRecursive) {
    public record Entry(
            @com.fasterxml.jackson.annotation.JsonProperty("major")
            long major,

            @com.fasterxml.jackson.annotation.JsonProperty("minor")
            long minor,

            @com.fasterxml.jackson.annotation.JsonProperty("op")
            String op,

            @com.fasterxml.jackson.annotation.JsonProperty("value")
            long value) {}

    static BlockIoView of(@Nullable TaskUsage usage) {
        if (usage == null) {
            return new BlockIoView(null, null, null, null, null, null, null, null);
        }
        if (usage.cgroupVersion() == 2) {
            var bytes = entries(usage, List.of("read", "write"), List.of(Io::readBytes, Io::writeBytes));
            return new BlockIoView(bytes, null, null, null, null, null, null, null);
        }
        List<String> ops = List.of("Read", "Write", "Total");
        var bytes = entries(usage, ops, List.of(Io::readBytes, Io::writeBytes, io -> io.readBytes() + io.writeBytes()));
        var times = entries(usage, ops, List.of(Io::reads, Io::writes, io -> io.reads() + io.writes()));
        return new BlockIoView(bytes, times, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    private static List<Entry> entries(TaskUsage usage, List<String> ops, List<ToLongFunction<Io>> values) {
        return usage.io().stream()
                .flatMap(io -> Stream.iterate(0, i -> i + 1)
                        .limit(ops.size())
                        .map(i -> new Entry(
                                io.major(),
                                io.minor(),
                                ops.get(i),
                                values.get(i).applyAsLong(io))))
                .toList();
    }
}
