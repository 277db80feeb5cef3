package io.caisson.executor.groups;

import io.caisson.oci.RuntimeSpec.DeviceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which devices a container may use, as lines for {@code devices.allow} (kernel documentation, cgroup-v1/devices): the rules of a
 * runtime specification in their order, then those that every container gets. Pure.
 */
final class DeviceRules {
    private static final String ALL = "a";
    private static final String EVERY_ACCESS = "rwm";
    private static final DeviceRule[] STANDARD = {
        allow("c", null, null, "m"),
        allow("b", null, null, "m"),
        allow("c", 1L, 3L, EVERY_ACCESS),
        allow("c", 1L, 8L, EVERY_ACCESS),
        allow("c", 1L, 7L, EVERY_ACCESS),
        allow("c", 5L, 0L, EVERY_ACCESS),
        allow("c", 1L, 5L, EVERY_ACCESS),
        allow("c", 1L, 9L, EVERY_ACCESS),
        allow("c", 136L, null, EVERY_ACCESS),
        allow("c", 5L, 2L, EVERY_ACCESS),
        allow("c", 10L, 200L, EVERY_ACCESS)
    };

    private final Map<String, TreeSet<Character>> allowed = new TreeMap<>();
    private boolean everything = true;
    private boolean possible = true;

    private DeviceRules() {}

    private static DeviceRule allow(String type, @Nullable Long major, @Nullable Long minor, String access) {
        return new DeviceRule(true, type, major, minor, access);
    }

    /** What to allow once everything is denied; {@code a} for all. Empty where rules take away a part of what others allow. */
    static Optional<List<String>> of(List<DeviceRule> rules) {
        var result = new DeviceRules();
        rules.forEach(result::take);
        for (DeviceRule rule : STANDARD) {
            result.take(rule);
        }
        return result.possible ? Optional.of(result.lines()) : Optional.empty();
    }

    private void take(DeviceRule rule) {
        if (rule.type() == null || rule.type().equals(ALL)) {
            possible &= rule.access() == null || rule.access().length() == EVERY_ACCESS.length();
            possible &= isAny(rule.major()) && isAny(rule.minor());
            everything = rule.allow();
            allowed.clear();
        } else if (rule.allow()) {
            add(rule);
        } else {
            drop(rule);
        }
    }

    private void add(DeviceRule rule) {
        if (!everything) {
            TreeSet<Character> access = allowed.computeIfAbsent(key(rule), _ -> new TreeSet<>());
            access(rule).chars().forEach(letter -> access.add((char) letter));
        }
    }

    /** Only what was allowed by the same numbers, or not at all. */
    private void drop(DeviceRule rule) {
        String key = key(rule);
        possible &=
                !everything && allowed.keySet().stream().noneMatch(other -> !other.equals(key) && overlap(other, key));
        TreeSet<Character> access = allowed.get(key);
        if (access != null) {
            access(rule).chars().forEach(letter -> access.remove((char) letter));
            allowed.values().removeIf(TreeSet::isEmpty);
        }
    }

    private static boolean overlap(String first, String second) {
        String[] one = first.split("[ :]");
        String[] other = second.split("[ :]");
        return one[0].equals(other[0]) && overlaps(one[1], other[1]) && overlaps(one[2], other[2]);
    }

    private static boolean overlaps(String first, String second) {
        return first.equals("*") || second.equals("*") || first.equals(second);
    }

    private static String access(DeviceRule rule) {
        return rule.access() == null ? EVERY_ACCESS : rule.access();
    }

    private static String key(DeviceRule rule) {
        return rule.type() + " " + number(rule.major()) + ":" + number(rule.minor());
    }

    private static boolean isAny(@Nullable Long number) {
        return number == null || number < 0;
    }

    private static String number(@Nullable Long number) {
        return isAny(number) ? "*" : String.valueOf(number);
    }

    private List<String> lines() {
        if (everything) {
            return List.of(ALL);
        }
        var lines = new ArrayList<String>();
        allowed.forEach((numbers, access) -> {
            var letters = new StringBuilder();
            access.forEach(letters::append);
            lines.add(numbers + " " + letters);
        });
        return lines;
    }
}
