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
            Set.of("journald", "syslog", "gelf", "fluentd", "awslogs", "splunk", "gcplogs", "etwlogs");
    /** Those that every driver takes: how output waits, and a copy for reading that our drivers need not. */
    private static final Set<String> COMMON =
            Set.of("mode", "max-buffer-size", "cache-disabled", "cache-max-size", "cache-max-file", "cache-compress");

    private static final Set<String> FILES = Set.of("max-size", "max-file", "compress");
    private static final Set<String> ATTRIBUTES = Set.of("labels", "labels-regex", "env", "env-regex", "tag");
    private static final String LOCAL_SIZE = "20m";
    private static final String LOCAL_FILES = "5";

    private LogRules() {}

    static void check(@Nullable LogConfig log) {
        var _ = taskLog(log);
    }

    /** What the executor has to know, but for attributes. */
    public static TaskLog taskLog(@Nullable LogConfig log) {
        String driver = log == null ? "json-file" : Absent.text(log.type(), "json-file");
        Map<String, String> options = log == null ? Map.of() : Absent.map(log.config());
        if (OTHERS.contains(driver)) {
            throw Fault.unsupported("logging driver " + driver + " is not implemented");
        }
        checkMode(options);
        return switch (driver) {
            case "json-file" -> jsonFile(options);
            case "local" -> local(options);
            case "none" -> new TaskLog("none", 0, 1);
            case String other ->
                throw Fault.invalid(
                        "error looking up logging plugin " + other + ": plugin \"" + other + "\" not found");
        };
    }

    /** The file drivers never wait for more than the page cache, so both modes are one for them. */
    private static void checkMode(Map<String, String> options) {
        String mode = Absent.text(options.get("mode"), "blocking");
        if (!mode.equals("blocking") && !mode.equals("non-blocking")) {
            throw Fault.invalid("logger: logging mode not supported: " + mode);
        }
        String size = options.get("max-buffer-size");
        if (size != null) {
            if (!mode.equals("non-blocking")) {
                throw Fault.invalid("logger: max-buffer-size option is only supported with 'mode=non-blocking'");
            }
            var _ = Sizes.bytes(size);
        }
    }

    private static TaskLog jsonFile(Map<String, String> options) {
        for (String name : options.keySet()) {
            if (!COMMON.contains(name) && !FILES.contains(name) && !ATTRIBUTES.contains(name)) {
                throw Fault.invalid("unknown log opt '" + name + "' for json-file log driver");
            }
        }
        long bytes = size(Absent.text(options.get("max-size"), "-1"));
        int files = files(Absent.text(options.get("max-file"), "1"));
        if (bytes == 0 && files > 1) {
            throw Fault.invalid("max-file cannot be greater than 1 when max-size is not set");
        }
        boolean compress = flag(Absent.text(options.get("compress"), "false"));
        if (compress && (files == 1 || bytes == 0)) {
            throw Fault.invalid("compress cannot be true when max-file is less than 2 or max-size is not set");
        }
        return new TaskLog("json-file", bytes, files, compress, Map.of());
    }

    private static TaskLog local(Map<String, String> options) {
        for (String name : options.keySet()) {
            if (!COMMON.contains(name) && !FILES.contains(name)) {
                throw Fault.invalid("unknown log opt '" + name + "' for log driver local");
            }
        }
        long bytes = size(Absent.text(options.get("max-size"), LOCAL_SIZE));
        int files = files(Absent.text(options.get("max-file"), LOCAL_FILES));
        String compress = options.get("compress");
        if (compress != null && flag(compress) && files == 1) {
            throw Fault.invalid("compression cannot be enabled when max file count is 1");
        }
        return new TaskLog("local", bytes, files, files > 1 && (compress == null || flag(compress)), Map.of());
    }

    private static long size(String text) {
        return text.equals("-1") ? 0 : Sizes.bytes(text);
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            case String other -> throw Fault.invalid("strconv.ParseBool: parsing \"" + other + "\": invalid syntax");
        };
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
