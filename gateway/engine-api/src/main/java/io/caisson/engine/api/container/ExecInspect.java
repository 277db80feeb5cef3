package io.caisson.engine.api.container;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.caisson.container.api.ExecConfig;
import io.caisson.container.api.ExecDetail;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything about an exec. */
public record ExecInspect(
        @JsonProperty("ID") String id,
        boolean running,
        @Nullable Integer exitCode,
        Process processConfig,
        boolean openStdin,
        boolean openStderr,
        boolean openStdout,
        boolean canRemove,
        @JsonProperty("ContainerID") String containerId,
        String detachKeys,
        int pid) {
    /** Its names are in lower case. */
    public record Process(
            @JsonProperty("tty") boolean tty,
            @JsonProperty("entrypoint") String entrypoint,
            @JsonProperty("arguments") List<String> arguments,
            @JsonProperty("privileged") boolean privileged,

            @JsonProperty("user") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
            String user) {}

    public static ExecInspect of(ExecDetail exec) {
        ExecConfig config = exec.config();
        List<String> words = Objects.requireNonNullElse(config.cmd(), List.of());
        boolean ended = exec.exitCode() != null;
        return new ExecInspect(
                exec.id().value(),
                exec.running(),
                exec.exitCode(),
                new Process(
                        config.tty(),
                        words.isEmpty() ? "" : words.getFirst(),
                        words.stream().skip(1).toList(),
                        config.privileged(),
                        config.user()),
                config.attachStdin(),
                config.attachStderr(),
                config.attachStdout(),
                ended,
                exec.container().value(),
                Objects.requireNonNullElse(config.detachKeys(), ""),
                exec.pid());
    }
}
