package io.caisson.container.api;

import java.util.List;

public record UpdatedContainer(List<String> warnings) {
    public UpdatedContainer {
        warnings = List.copyOf(warnings);
    }
}
