package io.caisson.container.config;

import io.caisson.container.api.ContainerConfig;
import io.caisson.container.model.Absent;
import io.caisson.container.process.Signals;
import io.caisson.kernel.Fault;
import io.caisson.oci.ImageConfig.Healthcheck;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a container's portable configuration must be like; faults carry Docker's words. */
public final class ConfigRules {
    private static final Pattern PORT = Pattern.compile("(\\d{1,5})(?:/(tcp|udp|sctp))?");
    private static final long MILLISECOND = 1_000_000;
    private static final int LAST_PORT = 65_535;

    private ConfigRules() {}

    /** @param merged with the image's configuration */
    public static void check(ContainerConfig merged) {
        if (Absent.list(merged.entrypoint()).isEmpty()
                && Absent.list(merged.cmd()).isEmpty()) {
            throw Fault.invalid("no command specified");
        }
        for (String entry : Absent.list(merged.env())) {
            if (entry.isEmpty() || entry.startsWith("=")) {
                throw Fault.invalid("invalid environment variable: " + entry);
            }
        }
        String folder = Absent.text(merged.workingDir());
        if (!folder.isEmpty() && !folder.startsWith("/")) {
            throw Fault.invalid("the working directory '" + folder + "' is invalid, it needs to be an absolute path");
        }
        int _ = Signals.stopSignal(merged.stopSignal());
        checkPorts(Absent.map(merged.exposedPorts()));
        checkHealth(merged.healthcheck());
    }

    private static void checkPorts(Map<String, ?> ports) {
        for (String port : ports.keySet()) {
            var matcher = PORT.matcher(port);
            if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > LAST_PORT) {
                throw Fault.invalid("invalid port specification: \"" + port + "\"");
            }
        }
    }

    private static void checkHealth(@Nullable Healthcheck health) {
        if (health == null) {
            return;
        }
        checkDuration("Interval", health.interval());
        checkDuration("Timeout", health.timeout());
        checkDuration("StartPeriod", health.startPeriod());
        checkDuration("StartInterval", health.startInterval());
        if (health.retries() != null && health.retries() < 0) {
            throw Fault.invalid("Retries in Healthcheck cannot be negative");
        }
    }

    private static void checkDuration(String name, @Nullable Long nanos) {
        if (nanos != null && nanos != 0 && nanos < MILLISECOND) {
            throw Fault.invalid(name + " in Healthcheck cannot be less than 1ms");
        }
    }
}
