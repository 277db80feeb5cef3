package io.caisson.container.api;

import java.util.List;

/** The processes of a container: titles of columns, and a row for each. */
public record ContainerProcesses(List<String> titles, List<List<String>> processes) {
    public ContainerProcesses {
        titles = List.copyOf(titles);
        processes = List.copyOf(processes);
    }
}
