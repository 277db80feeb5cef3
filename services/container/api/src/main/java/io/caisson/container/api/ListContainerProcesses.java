package io.caisson.container.api;

import java.util.List;

/** @param psArgs arguments of ps(1); empty for the usual ones */
public record ListContainerProcesses(String nameOrId, List<String> psArgs) {
    public ListContainerProcesses {
        psArgs = List.copyOf(psArgs);
    }
}
