package io.caisson.engine.api.container;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.caisson.executor.api.TaskUsage;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers of tasks. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PidsView(@Nullable Long current, @Nullable BigInteger limit) {
    /** How Docker writes "no limit" where control groups are version 2; with version 1 it leaves it out. */
    private static final BigInteger UNLIMITED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    static PidsView of(@Nullable TaskUsage usage) {
        if (usage == null) {
            return new PidsView(null, null);
        }
        TaskUsage.Pids pids = usage.pids();
        BigInteger limit = pids.limit() == TaskUsage.UNLIMITED
                ? usage.cgroupVersion() == 2 ? UNLIMITED : null
                : BigInteger.valueOf(pids.limit());
        return new PidsView(pids.current(), limit);
    }
}
