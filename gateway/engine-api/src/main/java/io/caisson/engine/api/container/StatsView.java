package io.caisson.engine.api.container;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.caisson.container.api.ContainerStats;
import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.GoTime;
import io.caisson.executor.api.TaskUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One sample of {@code GET /containers/{id}/stats}. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatsView(
        String name,
        String id,
        @Nullable String osType,
        String read,
        String preread,
        PidsView pidsStats,
        BlockIoView blkioStats,
        int numProcs,
        Map<String, Object> storageStats,
        CpuView cpuStats,
        CpuView precpuStats,
        MemoryView memoryStats,
        @Nullable Map<String, TrafficView> networks) {
    private static final int OS_TYPE = 51;

    /** Counters of an interface, as the container sees it. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record TrafficView(
            long rxBytes,
            long rxPackets,
            long rxErrors,
            long rxDropped,
            long txBytes,
            long txPackets,
            long txErrors,
            long txDropped) {
        static TrafficView of(TaskUsage.Traffic traffic) {
            TaskUsage.Flow in = traffic.received();
            TaskUsage.Flow out = traffic.sent();
            return new TrafficView(
                    in.bytes(),
                    in.packets(),
                    in.errors(),
                    in.dropped(),
                    out.bytes(),
                    out.packets(),
                    out.errors(),
                    out.dropped());
        }
    }

    public static StatsView of(ContainerStats stats, ApiVersion version) {
        TaskUsage now = stats.now();
        TaskUsage before = stats.before();
        return new StatsView(
                "/" + stats.name(),
                stats.id().value(),
                version.atLeast(OS_TYPE) ? "linux" : null,
                GoTime.of(now == null ? null : now.at()),
                GoTime.of(before == null ? null : before.at()),
                PidsView.of(now),
                BlockIoView.of(now),
                0,
                Map.of(),
                CpuView.of(now),
                CpuView.of(before),
                MemoryView.of(now),
                now == null || now.interfaces().isEmpty() ? null : networks(now));
    }

    private static Map<String, TrafficView> networks(TaskUsage usage) {
        Map<String, TrafficView> networks = new LinkedHashMap<>();
        usage.interfaces().forEach(traffic -> networks.put(traffic.name(), TrafficView.of(traffic)));
        return networks;
    }
}
