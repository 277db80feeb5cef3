package io.caisson.kernel;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which labels a thing has to have, and which it must not: {@code key} or {@code key=value}.
 *
 * @param wanted all of these
 * @param unwanted none of these
 */
public record LabelFilter(List<String> wanted, List<String> unwanted) implements Predicate<Map<String, String>> {
    public LabelFilter {
        wanted = List.copyOf(wanted);
        unwanted = List.copyOf(unwanted);
    }

    /** Of Docker's filters {@code label} and {@code label!}. */
    public static LabelFilter of(Map<String, List<String>> filters) {
        return new LabelFilter(filters.getOrDefault("label", List.of()), filters.getOrDefault("label!", List.of()));
    }

    @Override
    public boolean test(Map<String, String> labels) {
        return wanted.stream().allMatch(label -> has(labels, label))
                && unwanted.stream().noneMatch(label -> has(labels, label));
    }

    private static boolean has(Map<String, String> labels, String label) {
        int equals = label.indexOf('=');
        return equals < 0
                ? labels.containsKey(label)
                : label.substring(equals + 1).equals(labels.get(label.substring(0, equals)));
    }
}
