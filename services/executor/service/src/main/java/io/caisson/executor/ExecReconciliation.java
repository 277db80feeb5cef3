package io.caisson.executor;

import io.caisson.executor.monitor.MonitorConnection;
import io.caisson.executor.monitor.MonitorReply;
import io.caisson.executor.task.ExecFolder;
import io.caisson.executor.task.ExecRecord;
import io.caisson.executor.task.Outcome;
import io.caisson.executor.task.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** At the executor's start: listens again to processes that were added to containers, and learns how others ended. */
final class ExecReconciliation {
    private static final Logger LOG = Logger.getLogger(ExecReconciliation.class);

    private final Places places;
    private final Execs execs;

    ExecReconciliation(Places places, Execs execs) {
        this.places = places;
        this.execs = execs;
    }

    void run() throws IOException {
        Files.createDirectories(places.execs());
        try (Stream<Path> folders = Files.list(places.execs())) {
            for (Path folder : folders.toList()) {
                take(new ExecFolder(folder));
            }
        }
    }

    private void take(ExecFolder folder) {
        try {
            if (Files.exists(folder.record())) {
                take(ExecRecord.read(folder.record()));
            } else {
                folder.remove();
            }
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "cannot take over the exec in %s", folder.run());
        }
    }

    private void take(ExecRecord record) throws IOException {
        Exec exec = execs.of(record.container(), record.exec());
        if (record.probe()) {
            exec.orphan();
        }
        MonitorConnection connection;
        try {
            connection = MonitorConnection.open(exec.folder().socket());
        } catch (IOException _) {
            execs.end(exec, Optional.empty());
            return;
        }
        connection.send("watch");
        switch (connection.next()) {
            case MonitorReply.Running(int pid) -> {
                exec.running(pid);
                endProbe(record, exec);
                execs.follow(exec, connection);
            }
            case MonitorReply.Exited(Outcome outcome) -> end(connection, exec, Optional.of(outcome));
            case MonitorReply.Failed _ -> end(connection, exec, Optional.empty());
            case MonitorReply.Closed() -> end(connection, exec, Optional.empty());
            case MonitorReply.Created() -> withdraw(connection, exec);
        }
    }

    /** Who started it is gone. */
    private static void endProbe(ExecRecord record, Exec exec) throws IOException {
        if (record.probe()) {
            var _ = MonitorConnection.ask(exec.folder().socket(), "kill 9");
        }
    }

    private void end(MonitorConnection connection, Exec exec, Optional<Outcome> outcome) throws IOException {
        connection.close();
        execs.end(exec, outcome);
    }

    /** The executor ended in the middle of the start: the caller never heard of it. */
    private void withdraw(MonitorConnection connection, Exec exec) throws IOException {
        try (connection) {
            connection.send("quit");
            connection.awaitClosed();
        } catch (IllegalArgumentException e) {
            LOG.debugf(e, "a reply to quit");
        }
        execs.drop(exec);
    }
}
