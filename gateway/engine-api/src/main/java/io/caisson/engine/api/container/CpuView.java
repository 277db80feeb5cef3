package io.caisson.engine.api.container;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.caisson.executor.api.TaskUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Processor time in nanoseconds; what is not known is zero or left out, as Docker has it. */
@JsonNaming(SnakeCaseStrategy.class)
public record CpuView(
        UsageView cpuUsage,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long systemCpuUsage,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int onlineCpus,
        ThrottlingView throttlingData) {
    @JsonNaming(SnakeCaseStrategy.class)
    public record UsageView(
            long totalUsage,

            @JsonProperty("percpu_usage") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Long> perCpu,

            long usageInKernelmode,
            long usageInUsermode) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record ThrottlingView(long periods, long throttledPeriods, long throttledTime) {}

    static CpuView of(@Nullable TaskUsage usage) {
        if (usage == null) {
            return new CpuView(new UsageView(0, null, 0, 0), 0, 0, new ThrottlingView(0, 0, 0));
        }
        TaskUsage.Cpu cpu = usage.cpu();
        return new CpuView(
                new UsageView(cpu.total(), cpu.perCpu().isEmpty() ? null : cpu.perCpu(), cpu.system(), cpu.user()),
                cpu.host(),
                cpu.online(),
                new ThrottlingView(cpu.periods(), cpu.throttledPeriods(), cpu.throttledTime()));
    }
}
