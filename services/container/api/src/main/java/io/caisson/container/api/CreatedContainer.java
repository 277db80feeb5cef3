package io.caisson.container.api;

import io.caisson.kernel.ContainerId;
import java.util.List;

public record CreatedContainer(ContainerId id, List<String> warnings) {
    public CreatedContainer {
        warnings = List.copyOf(warnings);
    }
}
