package io.caisson.container.spec;

import io.caisson.container.api.ContainerConfig;
import io.caisson.container.model.Absent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A container's environment: Docker's own variables, then the container's, each of which replaces one of the same name. */
public final class EnvironmentPlanner {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private EnvironmentPlanner() {}

    /** HOME is left to the executor, which knows the user. */
    static List<String> plan(ContainerConfig config, String hostname, List<String> links) {
        return plan(config, hostname, config.tty(), links, List.of());
    }

    /** Of a process that is added to a container. */
    public static List<String> plan(ContainerConfig config, String hostname, boolean terminal, List<String> more) {
        return plan(config, hostname, terminal, List.of(), more);
    }

    private static List<String> plan(
            ContainerConfig config, String hostname, boolean terminal, List<String> links, List<String> more) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("PATH", "PATH=" + PATH);
        entries.put("HOSTNAME", "HOSTNAME=" + hostname);
        if (terminal) {
            entries.put("TERM", "TERM=xterm");
        }
        links.forEach(entry -> put(entries, entry));
        for (String entry : Absent.list(config.env())) {
            put(entries, entry);
        }
        more.forEach(entry -> put(entries, entry));
        return List.copyOf(entries.values());
    }

    /** A name without a value takes a variable away. */
    private static void put(Map<String, String> entries, String entry) {
        int equals = entry.indexOf('=');
        if (equals < 0) {
            var _ = entries.remove(entry);
        } else {
            entries.put(entry.substring(0, equals), entry);
        }
    }
}
