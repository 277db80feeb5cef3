package io.caisson.container.config;

import io.caisson.container.api.HostConfig.LogConfig;
import io.caisson.container.model.Absent;
import io.caisson.executor.api.TaskLog;
import io.caisson.kernel.Fault;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Log drivers and their options. */
public final class LogRules {
    private static final Set<String> OTHERS =
            Set.of("local", "journald", "syslog", "gelf", "fluentd", "awslogs", "splunk", "gcplogs", "etwlogs");
    /** Accepted by Docker's json-file; those that change what is written are not here yet. */
    private static final Set<String> OPTIONS = Set.of(
            "max-size",
            "max-file",
            "mode",
            "max-buffer-size",
            "compress",
            "labels",
            "labels-regex",
            "env",
            "env-regex",
            "tag");

    private LogRules() {}

    static void check(@Nullable LogConfig log) {
        var _ = taskLog(log);
    }

    /** What the executor has to know. */
    public static TaskLog taskLog(@Nullable LogConfig log) {
        String driver = log == null ? "json-file" : Absent.text(log.type(), "json-file");
        Map<String, String> options = log == null ? Map.of() : Absent.map(log.config());
        return switch (driver) {
            case "json-file" -> jsonFile(options);
            case "none" -> new TaskLog("none", 0, 1);
            case String other -> {
                if (OTHERS.contains(other)) {
                    throw Fault.unsupported("logging driver " + other + " is not implemented");
                }
                throw Fault.invalid(
                        "error looking up logging plugin " + other + ": plugin \"" + other + "\" not found");
            }
        };
    }

    private static TaskLog jsonFile(Map<String, String> options) {
        for (String name : options.keySet()) {
            if (!OPTIONS.contains(name)) {
                throw Fault.invalid("unknown log opt '" + name + "' for json-file log driver");
            }
        }
        String size = Absent.text(options.get("max-size"), "-1");
        long bytes = size.equals("-1") ? 0 : Sizes.bytes(size);
        int files = files(Absent.text(options.get("max-file"), "1"));
        if (bytes == 0 && files > 1) {
            throw Fault.invalid("max-file cannot be greater than 1 when max-size is not set");
        }
        return new TaskLog("json-file", bytes, files);
    }

    private static int files(String text) {
        try {
            int files = Integer.parseInt(text);
            if (files >= 1) {
                return files;
            }
        } catch (NumberFormatException _) {
            // The same answer as for a number out of range.
        }
        throw Fault.invalid("max-file cannot be less than 1");
    }
}
