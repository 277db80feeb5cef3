package io.caisson.engine.route;

import io.caisson.engine.api.Parameters;
import io.caisson.layerstore.api.VolumeInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which volumes a list shows. */
record VolumeSelection(Map<String, List<String>> filters, Set<String> used) implements Predicate<VolumeInfo> {
    @Override
    public boolean test(VolumeInfo volume) {
        return any("name", volume.name()::contains)
                && any("driver", volume.driver()::equals)
                && filters.getOrDefault("label", List.of()).stream().allMatch(label -> hasLabel(volume, label))
                && any("dangling", wanted -> Parameters.flag(wanted) != used.contains(volume.name()));
    }

    private boolean any(String key, Predicate<String> value) {
        List<String> wanted = filters.getOrDefault(key, List.of());
        return wanted.isEmpty() || wanted.stream().anyMatch(value);
    }

    private static boolean hasLabel(VolumeInfo volume, String label) {
        int equals = label.indexOf('=');
        return equals < 0
                ? volume.labels().containsKey(label)
                : label.substring(equals + 1).equals(volume.labels().get(label.substring(0, equals)));
    }
}
