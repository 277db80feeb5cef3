package io.caisson.image;

import io.caisson.image.api.PruneImages;
import io.caisson.image.store.StoredImage;
import io.caisson.kernel.Fault;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which images a prune deletes, by Docker's filters. Pure. */
final class PrunePlanner {
    private static final Set<String> KNOWN = Set.of("dangling", "label", "label!", "until");

    private final ListPlanner filter;
    private final boolean danglingOnly;
    private final Set<String> inUse;

    /** INVALID {@code invalid filter 'x'}. */
    PrunePlanner(PruneImages command) {
        Map<String, List<String>> filters = new HashMap<>(command.filters());
        for (String key : filters.keySet()) {
            if (!KNOWN.contains(key)) {
                throw Fault.invalid("invalid filter '" + key + "'");
            }
        }
        this.danglingOnly = danglingOnly(filters.remove("dangling"));
        this.filter = new ListPlanner(filters, null, null);
        this.inUse = new HashSet<>(command.inUse());
    }

    List<StoredImage> choose(List<StoredImage> images) {
        return filter.choose(images).stream()
                .filter(image -> !danglingOnly || image.tags().isEmpty())
                .filter(image -> !inUse.contains(image.id().toString()))
                .toList();
    }

    private static boolean danglingOnly(@org.jspecify.annotations.Nullable List<String> values) {
        if (values == null || values.isEmpty()) {
            return true;
        }
        return switch (values.getFirst()) {
            case "1", "true" -> true;
            case "0", "false" -> false;
            case String _ -> throw Fault.invalid("invalid filter 'dangling=" + values + "'");
        };
    }
}
