package io.caisson.container.listing;

import io.caisson.container.api.ContainerDetail;
import io.caisson.container.api.ContainerHealth;
import io.caisson.container.api.ContainerState.Status;
import io.caisson.kernel.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Docker's list filters, checked. Values of one key are alternatives, keys narrow each other; labels all have to match.
 * {@code before}, {@code since} and {@code ancestor} need to look elsewhere and are not decided here.
 */
public final class ListFilters {
    private static final Set<String> KEYS = Set.of(
            "ancestor",
            "before",
            "exited",
            "expose",
            "health",
            "id",
            "isolation",
            "is-task",
            "label",
            "name",
            "network",
            "publish",
            "since",
            "status",
            "volume");
    private static final Set<String> HEALTH = Set.of("starting", "healthy", "unhealthy", "none");

    private final Map<String, List<String>> filters;

    /** INVALID {@code invalid filter 'x'} for unknown keys, {@code invalid filter 'x=y'} for impossible values. */
    public ListFilters(Map<String, List<String>> filters) {
        this.filters = filters;
        filters.keySet().stream().filter(key -> !KEYS.contains(key)).findFirst().ifPresent(key -> {
            throw Fault.invalid("invalid filter '" + key + "'");
        });
        check("status", value -> Arrays.stream(Status.values())
                .anyMatch(status -> status.name().toLowerCase(Locale.ROOT).equals(value)));
        check("health", HEALTH::contains);
        check("exited", value -> value.matches("\\d{1,9}"));
        check("is-task", value -> Set.of("true", "false", "0", "1").contains(value));
        check("publish", PortRange::isValid);
        check("expose", PortRange::isValid);
    }

    private void check(String key, Predicate<String> valid) {
        for (String value : values(key)) {
            if (!valid.test(value)) {
                throw Fault.invalid("invalid filter '" + key + "=" + value + "'");
            }
        }
    }

    public List<String> values(String key) {
        return filters.getOrDefault(key, List.of());
    }

    /** Filters that ask for containers that do not run. */
    public boolean wantsAll() {
        return filters.containsKey("status") || filters.containsKey("exited");
    }

    public boolean matches(ContainerDetail container) {
        return any("id", container, (c, value) -> found(value, c.id().value()))
                && any("name", container, (c, value) -> matchesName(value, c.name()))
                && any(
                        "status",
                        container,
                        (c, value) -> value.equals(c.state().status().name().toLowerCase(Locale.ROOT)))
                && any("exited", container, ListFilters::hasExitedWith)
                && any("health", container, (c, value) -> value.equals(health(c)))
                && any("is-task", container, (_, value) -> value.equals("false") || value.equals("0"))
                && any("network", container, NetworkMatch::matches)
                && any("volume", container, (c, value) -> c.mounts().stream()
                        .anyMatch(m -> value.equals(m.name()) || value.equals(m.destination())))
                && any("publish", container, PortRange::published)
                && any("expose", container, PortRange::exposed)
                && values("label").stream().allMatch(value -> hasLabel(container, value));
    }

    private boolean any(String key, ContainerDetail container, BiPredicate<ContainerDetail, String> test) {
        List<String> values = values(key);
        return values.isEmpty() || values.stream().anyMatch(value -> test.test(container, value));
    }

    private static boolean hasExitedWith(ContainerDetail container, String code) {
        return container.state().startedAt() != null
                && !container.state().running()
                && container.state().exitCode() == Integer.parseInt(code);
    }

    private static String health(ContainerDetail container) {
        ContainerHealth health = container.state().health();
        return health == null ? "none" : health.status().text();
    }

    private static boolean matchesName(String value, String name) {
        return found(value, "/" + name) || found(value, name);
    }

    /** A regular expression that is found somewhere; one that isn't valid is compared as it is. */
    private static boolean found(String expression, String text) {
        if (text.equals(expression)) {
            return true;
        }
        try {
            return Pattern.compile(expression).matcher(text).find();
        } catch (PatternSyntaxException _) {
            return false;
        }
    }

    private static boolean hasLabel(ContainerDetail container, String filter) {
        Map<String, String> labels = container.config().labels();
        int equals = filter.indexOf('=');
        String key = equals < 0 ? filter : filter.substring(0, equals);
        if (labels == null || !labels.containsKey(key)) {
            return false;
        }
        return equals < 0 || filter.substring(equals + 1).equals(labels.get(key));
    }
}
