package io.caisson.image.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.caisson.kernel.Fault;
import io.caisson.oci.ImageConfig.Execution;
import io.caisson.oci.ImageConfig.Healthcheck;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies Dockerfile instructions to a config: the {@code --change} of an import or commit. */
public final class ConfigChanges {
    private static final List<String> SHELL = List.of("/bin/sh", "-c");

    private @Nullable String user;
    private final Set<String> ports;
    private final Map<String, String> env = new LinkedHashMap<>();
    private @Nullable List<String> entrypoint;
    private @Nullable List<String> cmd;
    private boolean ownCmd;
    private final Set<String> volumes;
    private @Nullable String workingDir;
    private final Map<String, String> labels;
    private @Nullable String stopSignal;
    private @Nullable Healthcheck healthcheck;
    private final @Nullable List<String> shell;
    private final List<String> onBuild;

    private ConfigChanges(Execution base) {
        user = base.user();
        ports = new LinkedHashSet<>(base.exposedPorts());
        base.env().forEach(this::putEnv);
        entrypoint = base.entrypoint();
        cmd = base.cmd();
        volumes = new LinkedHashSet<>(base.volumes());
        workingDir = base.workingDir();
        labels = new LinkedHashMap<>(base.labels());
        stopSignal = base.stopSignal();
        healthcheck = base.healthcheck();
        shell = base.shell();
        onBuild = new ArrayList<>(base.onBuild() == null ? List.of() : base.onBuild());
    }

    /** INVALID {@code FROM is not a valid change command}, or what is wrong with an instruction. */
    public static Execution apply(Execution base, List<String> changes) {
        var state = new ConfigChanges(base);
        changes.stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(state::apply);
        return state.result();
    }

    private Execution result() {
        List<String> variables = env.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        return new Execution(
                user,
                List.copyOf(ports),
                variables,
                entrypoint,
                cmd,
                List.copyOf(volumes),
                workingDir,
                labels,
                stopSignal,
                healthcheck,
                shell,
                onBuild.isEmpty() ? null : onBuild,
                false);
    }

    private void apply(String line) {
        String[] parts = line.split("\\s+", 2);
        String instruction = parts[0].toUpperCase(Locale.ROOT);
        String rest = parts.length == 1 ? "" : parts[1].strip();
        switch (instruction) {
            case "CMD" -> {
                cmd = command(rest);
                ownCmd = true;
            }
            case "ENTRYPOINT" -> entryPoint(rest);
            case "ENV" -> env.putAll(pairs("ENV", rest));
            case "LABEL" -> labels.putAll(pairs("LABEL", rest));
            case "EXPOSE" -> Words.split(rest).forEach(this::expose);
            case "USER" -> user = single("USER", rest);
            case "WORKDIR" -> workingDir = below(single("WORKDIR", rest));
            case "VOLUME" -> volumes.addAll(listOrWords(rest));
            case "STOPSIGNAL" -> stopSignal = single("STOPSIGNAL", rest);
            case "HEALTHCHECK" -> healthcheck = HealthcheckChange.parse(rest);
            case "ONBUILD" -> onBuild.add(rest);
            default -> throw Fault.invalid(instruction + " is not a valid change command");
        }
    }

    /** Another entry point has no use for the arguments of the one before. */
    private void entryPoint(String rest) {
        entrypoint = command(rest);
        cmd = ownCmd ? cmd : null;
    }

    private void putEnv(String variable) {
        int equals = variable.indexOf('=');
        env.put(
                equals < 0 ? variable : variable.substring(0, equals),
                equals < 0 ? "" : variable.substring(equals + 1));
    }

    private void expose(String port) {
        String[] parts = port.split("/", 2);
        String protocol = parts.length == 1 ? "tcp" : parts[1].toLowerCase(Locale.ROOT);
        String[] range = parts[0].split("-", 2);
        int first = portNumber(range[0], port);
        int last = range.length == 1 ? first : portNumber(range[1], port);
        for (int number = first; number <= last; number++) {
            ports.add(number + "/" + protocol);
        }
    }

    private static int portNumber(String text, String port) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            throw Fault.invalid("invalid containerPort: " + port);
        }
        return Integer.parseInt(text);
    }

    private String below(String directory) {
        return Path.of(workingDir == null || workingDir.isEmpty() ? "/" : workingDir)
                .resolve(directory)
                .normalize()
                .toString();
    }

    private static String single(String instruction, String rest) {
        List<String> words = Words.split(rest);
        if (words.size() != 1) {
            throw Fault.invalid(instruction + " requires exactly one argument");
        }
        return words.getFirst();
    }

    /** {@code k=v k2="v 2"}, or the old form {@code k all the rest}. */
    private static Map<String, String> pairs(String instruction, String rest) {
        Map<String, String> pairs = new LinkedHashMap<>();
        String[] old = rest.split("\\s+", 2);
        if (!old[0].contains("=")) {
            if (old.length < 2) {
                throw Fault.invalid(instruction + " must have two arguments");
            }
            pairs.put(old[0], old[1]);
            return pairs;
        }
        for (String word : Words.split(rest)) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw Fault.invalid("Syntax error - can't find = in \"" + word + "\". Must be of the form: name=value");
            }
            pairs.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return pairs;
    }

    private static List<String> listOrWords(String rest) {
        List<String> list = list(rest);
        return list == null ? Words.split(rest) : list;
    }

    static List<String> command(String rest) {
        List<String> list = list(rest);
        if (list != null) {
            return list;
        }
        List<String> command = new ArrayList<>(SHELL);
        command.add(rest);
        return command;
    }

    /** The JSON form; null when it is not a list of strings. */
    private static @Nullable List<String> list(String rest) {
        if (!rest.startsWith("[")) {
            return null;
        }
        try {
            JsonNode node = JsonDocument.read(rest.getBytes(StandardCharsets.UTF_8), "instruction");
            List<String> texts = new ArrayList<>();
            for (JsonNode item : node) {
                if (!item.isTextual()) {
                    return null;
                }
                texts.add(item.textValue());
            }
            return texts;
        } catch (Fault _) {
            return null;
        }
    }
}
