package io.caisson.engine.api.container;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.caisson.executor.api.TaskUsage;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Memory in bytes; zeros are left out, as Docker has it. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record MemoryView(
        long usage, long maxUsage, @Nullable Map<String, Long> stats, long failcnt, long limit) {
    static MemoryView of(@Nullable TaskUsage usage) {
        if (usage == null) {
            return new MemoryView(0, 0, null, 0, 0);
        }
        TaskUsage.Memory memory = usage.memory();
        return new MemoryView(
                memory.usage(), memory.peak(), new TreeMap<>(memory.details()), memory.failures(), memory.limit());
    }
}
