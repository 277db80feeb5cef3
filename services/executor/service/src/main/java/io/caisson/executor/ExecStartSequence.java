package io.caisson.executor;

import io.caisson.bus.wire.WireJson;
import io.caisson.executor.api.StartExec;
import io.caisson.executor.api.StartedExec;
import io.caisson.executor.monitor.ListeningSocket;
import io.caisson.executor.monitor.MonitorConnection;
import io.caisson.executor.monitor.MonitorReply;
import io.caisson.executor.spec.ExecProcess;
import io.caisson.executor.spec.RuntimeErrors;
import io.caisson.executor.spec.UserIdentity;
import io.caisson.executor.task.ExecFolder;
import io.caisson.executor.task.ExecRecord;
import io.caisson.kernel.Fault;
import io.caisson.oci.RuntimeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Adds one process to a running container. A failure leaves nothing behind. Blocks. */
final class ExecStartSequence {
    private static final Logger LOG = Logger.getLogger(ExecStartSequence.class);

    private final Host host;
    private final StartExec command;
    private final Exec exec;
    private final boolean probe;
    private final ExecFolder folder;
    private final ExecPhases phases;

    ExecStartSequence(Host host, StartExec command) {
        this(host, command, false);
    }

    /** @param probe nobody but its starter will ever ask for it */
    ExecStartSequence(Host host, StartExec command, boolean probe) {
        this.probe = probe;
        this.host = host;
        this.command = command;
        this.exec = host.execs().of(command.container(), command.exec());
        this.folder = exec.folder();
        this.phases = new ExecPhases(command.exec());
    }

    StartedExec run() throws IOException {
        ListeningSocket socket = exec.begin();
        try {
            Task task = host.tasks().of(command.container());
            if (!(task.state() instanceof TaskState.Running(int init))) {
                throw HostExecutor.notRunning(command.container());
            }
            new ExecRecord(command.container(), command.exec(), probe).write(folder.record());
            String runtime = task.record().orElseThrow().runtime();
            boolean made = host.making().hasMade(command.container());
            Optional<Path> entry = writeProcess(task, init, runtime, made);
            if (made && entry.isEmpty()) {
                throw Fault.invalid("OCI runtime exec failed: the process cannot be described: unknown");
            }
            phases.done("plan");
            host.monitors().launch(command, runtime, folder, entry, made, socket);
            phases.done("monitor");
            StartedExec started = startProcess();
            phases.done(Files.exists(folder.pidFile()) ? "runtime" : "entered");
            phases.log();
            return started;
        } catch (IOException | RuntimeException e) {
            undo();
            throw e;
        }
    }

    private void undo() {
        try {
            if (Files.exists(folder.monitorPidFile())) {
                var _ = MonitorConnection.ask(folder.socket(), "quit");
            }
        } catch (IOException e) {
            LOG.debugf(e, "the monitor of exec %s has ended by itself", command.exec());
        }
        try {
            host.execs().drop(exec);
        } catch (IOException e) {
            LOG.warnf(e, "exec %s left something behind", command.exec());
        }
    }

    /** By the files that the container has now, seen through its init. */
    private Optional<Path> writeProcess(Task task, int init, String runtime, boolean made) throws IOException {
        RuntimeSpec own = WireJson.mapper().readValue(task.folder().config().toFile(), RuntimeSpec.class);
        Path root = Path.of("/proc/" + init + "/root");
        UserIdentity.Found user = UserIdentity.find(
                command.user(), command.groupAdd(), own.process().user().umask(), root);
        RuntimeSpec.Process process = ExecProcess.plan(command, own.process(), user.user());
        Files.write(folder.process(), WireJson.mapper().writeValueAsBytes(process));
        return host.entering().prepare(made, runtime, own, process, user.home(), folder);
    }

    private StartedExec startProcess() throws IOException {
        MonitorConnection connection = MonitorConnection.open(folder.socket());
        try {
            connection.send("start");
            MonitorReply reply = connection.next();
            return switch (reply) {
                case MonitorReply.Running(int pid) -> started(connection, pid);
                case MonitorReply.Failed(String error) -> throw failed(connection, error);
                case MonitorReply.Created() -> throw unexpected(reply);
                case MonitorReply.Exited _ -> throw unexpected(reply);
                case MonitorReply.Closed() -> throw unexpected(reply);
            };
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private StartedExec started(MonitorConnection connection, int pid) throws IOException {
        exec.running(pid);
        var size = exec.size();
        host.execs().follow(exec, connection);
        if (size.isPresent()) {
            exec.resize(size.get());
        }
        return new StartedExec(pid);
    }

    private static Fault failed(MonitorConnection connection, String error) throws IOException {
        connection.awaitClosed();
        return RuntimeErrors.execFault(error);
    }

    private static Fault unexpected(MonitorReply reply) {
        return Fault.internal("OCI runtime exec failed: the monitor says " + reply, null);
    }
}
