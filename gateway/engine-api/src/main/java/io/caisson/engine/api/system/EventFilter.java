package io.caisson.engine.api.system;

import io.caisson.engine.api.Filters;
import io.caisson.metadata.Event;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which events a client wants: all filters must agree, of each any value. */
public final class EventFilter implements Predicate<Event> {
    private static final Set<String> ACCEPTED = Set.of(
            "config",
            "container",
            "daemon",
            "event",
            "image",
            "label",
            "network",
            "node",
            "plugin",
            "scope",
            "secret",
            "service",
            "type",
            "volume");
    private static final List<String> OBJECTS =
            List.of("config", "container", "daemon", "network", "node", "plugin", "secret", "service", "volume");

    private final Map<String, List<String>> filters;

    private EventFilter(Map<String, List<String>> filters) {
        this.filters = filters;
    }

    /** INVALID for a filter that there is not. */
    public static EventFilter of(Map<String, List<String>> filters) {
        Filters.check(filters, ACCEPTED);
        return new EventFilter(filters);
    }

    @Override
    public boolean test(Event event) {
        return matches("type", event.type()::equals)
                && matches("scope", "local"::equals)
                && matches("event", wanted -> isAction(event.action(), wanted))
                && matches("label", wanted -> hasLabel(event.attributes(), wanted))
                && matches("image", wanted -> isImage(event, wanted))
                && OBJECTS.stream().allMatch(type -> matches(type, wanted -> isObject(event, type, wanted)));
    }

    private boolean matches(String key, Predicate<String> value) {
        List<String> wanted = filters.get(key);
        return wanted == null || wanted.isEmpty() || wanted.stream().anyMatch(value);
    }

    /** {@code exec_start: sh} is also matched by what stands before the colon. */
    private static boolean isAction(String action, String wanted) {
        return action.equals(wanted) || action.startsWith(wanted + ": ");
    }

    private static boolean hasLabel(Map<String, String> attributes, String wanted) {
        int equals = wanted.indexOf('=');
        return equals < 0
                ? attributes.containsKey(wanted)
                : wanted.substring(equals + 1).equals(attributes.get(wanted.substring(0, equals)));
    }

    private static boolean isImage(Event event, String wanted) {
        String name = event.attributes().get(event.type().equals("image") ? "name" : "image");
        return event.actorId().equals(wanted) || wanted.equals(name) || wanted.equals(repository(name));
    }

    private static @Nullable String repository(@Nullable String name) {
        int colon = name == null ? -1 : name.lastIndexOf(':');
        return name == null || colon <= name.lastIndexOf('/') ? name : name.substring(0, colon);
    }

    /** By the start of its id or name. A container's event also tells of its network or volume by attribute. */
    private static boolean isObject(Event event, String type, String wanted) {
        if (!event.type().equals(type)) {
            return startsWith(event.attributes().get(type), wanted);
        }
        return startsWith(event.actorId(), wanted)
                || startsWith(event.attributes().get("name"), wanted);
    }

    private static boolean startsWith(@Nullable String text, String start) {
        return text != null && text.startsWith(start);
    }
}
