package io.caisson.image.api;

import java.util.List;
import java.util.Map;

/** Docker's filters: dangling, label, before, since, reference, until. Unknown keys are INVALID. */
public record ListImages(boolean all, Map<String, List<String>> filters) {
    public ListImages {
        filters = Map.copyOf(filters);
    }
}
