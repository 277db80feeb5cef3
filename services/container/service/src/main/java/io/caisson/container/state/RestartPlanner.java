package io.caisson.container.state;

import io.caisson.container.api.HostConfig.RestartPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether and when a container comes back after it has ended: Docker's four restart policies. */
public final class RestartPlanner {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** A run this long was a success: the pauses start over. */
    private static final Duration HEALTHY = Duration.ofSeconds(10);

    private RestartPlanner() {}

    /** True when the policy wants the container back after this end. */
    public static boolean restarts(
            @Nullable RestartPolicy policy, int exitCode, boolean stoppedByUser, int restartCount) {
        if (stoppedByUser || policy == null) {
            return false;
        }
        return switch (policyName(policy)) {
            case "always", "unless-stopped" -> true;
            case "on-failure" ->
                exitCode != 0 && (policy.maximumRetryCount() == 0 || restartCount < policy.maximumRetryCount());
            default -> false;
        };
    }

    /** True when the policy wants a container that does not run to run as the platform starts. */
    public static boolean startsWithPlatform(
            @Nullable RestartPolicy policy, int exitCode, boolean stoppedByUser, int restartCount) {
        if (policy != null && policyName(policy).equals("always")) {
            return true;
        }
        return restarts(policy, exitCode, stoppedByUser, restartCount);
    }

    /** The pause before the next restart: 100 ms, doubled each time up to a minute, from the start after a run of 10 s. */
    public static Duration pause(Duration previousPause, Duration lastRun) {
        if (previousPause.isZero() || lastRun.compareTo(HEALTHY) >= 0) {
            return FIRST;
        }
        Duration doubled = previousPause.multipliedBy(2);
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    private static String policyName(RestartPolicy policy) {
        String name = policy.name();
        return name == null ? "" : name;
    }
}
