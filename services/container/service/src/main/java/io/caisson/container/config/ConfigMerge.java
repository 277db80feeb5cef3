package io.caisson.container.config;

import io.caisson.container.api.ContainerConfig;
import io.caisson.container.model.Absent;
import io.caisson.oci.ImageConfig.Execution;
import io.caisson.oci.ImageConfig.Healthcheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A create request's configuration over its image's defaults, by Docker's rules. */
public final class ConfigMerge {
    private ConfigMerge() {}

    /**
     * What the request leaves open comes from the image. A request with an entry point of its own doesn't get the image's
     * command; an entry point of one empty string means none at all.
     */
    public static ContainerConfig merge(ContainerConfig asked, Execution image, String hostname) {
        boolean ownEntrypoint = !Absent.list(asked.entrypoint()).isEmpty();
        boolean ownCommand = !Absent.list(asked.cmd()).isEmpty();
        boolean imageCommand = !ownEntrypoint && !ownCommand;
        return new ContainerConfig(
                hostname,
                Absent.text(asked.domainname()),
                Absent.text(asked.user(), Absent.text(image.user())),
                asked.attachStdin(),
                asked.attachStdout(),
                asked.attachStderr(),
                sets(asked.exposedPorts(), image.exposedPorts()),
                asked.tty(),
                asked.openStdin(),
                asked.stdinOnce(),
                environment(Absent.list(asked.env()), image.env()),
                imageCommand ? image.cmd() : asked.cmd(),
                healthcheck(asked.healthcheck(), image.healthcheck()),
                imageCommand ? image.argsEscaped() : asked.argsEscaped(),
                asked.image(),
                sets(asked.volumes(), image.volumes()),
                Absent.text(asked.workingDir(), Absent.text(image.workingDir())),
                asked.entrypoint() == null ? image.entrypoint() : withoutBlank(asked.entrypoint()),
                asked.networkDisabled(),
                asked.macAddress(),
                asked.onBuild() == null ? image.onBuild() : asked.onBuild(),
                labels(Absent.map(asked.labels()), image.labels()),
                Absent.text(asked.stopSignal()).isEmpty() ? image.stopSignal() : asked.stopSignal(),
                asked.stopTimeout(),
                asked.shell() == null ? image.shell() : asked.shell());
    }

    private static @Nullable List<String> withoutBlank(List<String> entrypoint) {
        boolean reset = entrypoint.isEmpty()
                || (entrypoint.size() == 1 && entrypoint.getFirst().isEmpty());
        return reset ? null : entrypoint;
    }

    /** The request's variables, then those of the image that it does not name. */
    private static List<String> environment(List<String> asked, List<String> image) {
        List<String> merged = new ArrayList<>(asked);
        List<String> keys = asked.stream().map(ConfigMerge::key).toList();
        image.stream().filter(entry -> !keys.contains(key(entry))).forEach(merged::add);
        return List.copyOf(merged);
    }

    static String key(String entry) {
        int equals = entry.indexOf('=');
        return equals < 0 ? entry : entry.substring(0, equals);
    }

    private static Map<String, Map<String, String>> sets(
            @Nullable Map<String, Map<String, String>> asked, List<String> image) {
        Map<String, Map<String, String>> merged = new LinkedHashMap<>(Absent.map(asked));
        image.forEach(key -> merged.putIfAbsent(key, Map.of()));
        return merged;
    }

    private static Map<String, String> labels(Map<String, String> asked, Map<String, String> image) {
        Map<String, String> merged = new LinkedHashMap<>(image);
        merged.putAll(asked);
        return merged;
    }

    private static @Nullable Healthcheck healthcheck(@Nullable Healthcheck asked, @Nullable Healthcheck image) {
        if (asked == null || image == null) {
            return asked == null ? image : asked;
        }
        return new Healthcheck(
                Absent.list(asked.test()).isEmpty() ? image.test() : asked.test(),
                either(asked.interval(), image.interval()),
                either(asked.timeout(), image.timeout()),
                either(asked.startPeriod(), image.startPeriod()),
                either(asked.startInterval(), image.startInterval()),
                asked.retries() == null || asked.retries() == 0 ? image.retries() : asked.retries());
    }

    private static @Nullable Long either(@Nullable Long asked, @Nullable Long image) {
        return asked == null || asked == 0 ? image : asked;
    }
}
