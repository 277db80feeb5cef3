package io.caisson.executor.api;

import java.util.List;

/** A table of processes: its columns' titles, and a row for each process. */
public record TaskProcesses(List<String> titles, List<List<String>> processes) {
    public TaskProcesses {
        titles = List.copyOf(titles);
        processes = List.copyOf(processes);
    }
}
