package io.caisson.container;

import io.caisson.container.api.BeginExec;
import io.caisson.container.api.ContainerConfig;
import io.caisson.container.api.ExecConfig;
import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.model.Exec;
import io.caisson.container.spec.EnvironmentPlanner;
import io.caisson.container.state.Lifecycle;
import io.caisson.executor.api.ExecRef;
import io.caisson.executor.api.StartExec;
import io.caisson.executor.api.TaskStreams;
import io.caisson.kernel.Fault;
import io.caisson.metadata.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an exec may do, asks of the executor and tells: pure. */
final class ExecPlan {
    private static final int SIZE = 2;

    private ExecPlan() {}

    static void requireCommand(ExecConfig config) {
        if (Absent.list(config.cmd()).isEmpty()) {
            throw Fault.invalid("No exec command specified");
        }
        List<Integer> size = Absent.list(config.consoleSize());
        if (!size.isEmpty() && size.size() != SIZE) {
            throw Fault.invalid("invalid console size: expected height and width");
        }
    }

    static void requireRunning(Container container) {
        if (container.lifecycle() instanceof Lifecycle.Paused) {
            throw Fault.conflict("container " + container.id() + " is paused, unpause the container before exec");
        }
        if (container.lifecycle() instanceof Lifecycle.Restarting) {
            throw Fault.conflict("container " + container.id() + " is restarting, wait until the container is running");
        }
        if (!(container.lifecycle() instanceof Lifecycle.Running)) {
            throw Fault.conflict("container " + container.id() + " is not running");
        }
    }

    static ExecRef ref(Exec exec) {
        return new ExecRef(exec.node(), exec.container(), exec.id());
    }

    /** What the exec does not say is as in the container. */
    static StartExec start(Exec exec, Container container, BeginExec command) {
        ExecConfig config = exec.config();
        ContainerConfig own = container.definition().config();
        List<String> env =
                EnvironmentPlanner.plan(own, Absent.text(own.hostname()), config.tty(), Absent.list(config.env()));
        return new StartExec(
                exec.node(),
                exec.container(),
                exec.id(),
                Absent.list(config.cmd()),
                env,
                Absent.text(config.workingDir(), Absent.text(own.workingDir(), "/")),
                Absent.text(config.user(), Absent.text(own.user())),
                Absent.list(container.definition().hostConfig().groupAdd()),
                config.privileged(),
                streams(config, command));
    }

    private static TaskStreams streams(ExecConfig config, BeginExec command) {
        List<Integer> size = Absent.list(config.consoleSize());
        boolean created = size.size() == SIZE && command.rows() == 0;
        return new TaskStreams(
                config.tty(),
                config.attachStdin() && !command.detach(),
                true,
                created ? size.getFirst() : command.rows(),
                created ? size.getLast() : command.columns());
    }

    /** With the command behind a colon, as Docker tells it. */
    static Event event(Container container, Exec exec, String action) {
        List<String> words = Absent.list(exec.config().cmd());
        String command = words.getFirst() + " " + String.join(" ", words.subList(1, words.size()));
        return ContainerEvents.of(
                container, action + ": " + command, Map.of("execID", exec.id().value()));
    }

    static Event detached(Container container, Exec exec) {
        return ContainerEvents.of(
                container, "exec_detach", Map.of("execID", exec.id().value()));
    }

    static Event died(Container container, Exec exec, int exitCode) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("execID", exec.id().value());
        attributes.put("exitCode", Integer.toString(exitCode));
        return ContainerEvents.of(container, "exec_die", attributes);
    }
}
