package io.caisson.network;

import io.caisson.kernel.Fault;
import io.caisson.network.api.NetworkDetail;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Docker's filters for networks: values of one key are alternatives, keys must all hold; labels must all hold. */
final class NetworkFilter {
    private static final Set<String> KEYS = Set.of("dangling", "driver", "id", "label", "name", "scope", "type");

    private NetworkFilter() {}

    static Predicate<NetworkDetail> of(Map<String, List<String>> filters) {
        Predicate<NetworkDetail> all = _ -> true;
        for (var filter : filters.entrySet()) {
            if (!KEYS.contains(filter.getKey())) {
                throw Fault.invalid("invalid filter '" + filter.getKey() + "'");
            }
            all = all.and(one(filter.getKey(), filter.getValue()));
        }
        return all;
    }

    /** Labels that have to be there, and such that must not be. */
    static Predicate<NetworkDetail> ofPrune(Map<String, List<String>> filters) {
        Predicate<NetworkDetail> all = _ -> true;
        for (var filter : filters.entrySet()) {
            List<String> values = filter.getValue();
            all = all.and(
                    switch (filter.getKey()) {
                        case "label" -> network -> values.stream().allMatch(value -> hasLabel(network, value));
                        case "label!" -> network -> values.stream().noneMatch(value -> hasLabel(network, value));
                        case String key -> throw Fault.invalid("invalid filter '" + key + "'");
                    });
        }
        return all;
    }

    private static Predicate<NetworkDetail> one(String key, List<String> values) {
        return switch (key) {
            case "label" -> network -> values.stream().allMatch(value -> hasLabel(network, value));
            case "driver" -> network -> values.contains(network.driver());
            case "scope" -> network -> values.contains(network.scope());
            case "id" ->
                network -> values.stream()
                        .anyMatch(value -> matches(value, network.id().value()));
            case "name" -> network -> values.stream().anyMatch(value -> matches(value, network.name()));
            case "type" -> network -> values.stream().anyMatch(value -> hasType(network, value));
            case String _ -> network -> values.stream().anyMatch(value -> isDangling(network) == truth(value));
        };
    }

    private static boolean hasLabel(NetworkDetail network, String wanted) {
        int equals = wanted.indexOf('=');
        return equals < 0
                ? network.labels().containsKey(wanted)
                : wanted.substring(equals + 1).equals(network.labels().get(wanted.substring(0, equals)));
    }

    private static boolean matches(String expression, String text) {
        try {
            return text.startsWith(expression)
                    || Pattern.compile(expression).matcher(text).find();
        } catch (PatternSyntaxException _) {
            return text.contains(expression);
        }
    }

    private static boolean hasType(NetworkDetail network, String type) {
        boolean predefined = PredefinedNetworks.NAMES.contains(network.name());
        return switch (type) {
            case "builtin" -> predefined;
            case "custom" -> !predefined;
            case String _ -> throw Fault.invalid("invalid filter: 'type'='" + type + "'");
        };
    }

    private static boolean isDangling(NetworkDetail network) {
        return !PredefinedNetworks.NAMES.contains(network.name())
                && network.endpoints().isEmpty();
    }

    private static boolean truth(String value) {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            case String _ -> throw Fault.invalid("invalid filter: 'dangling'='" + value + "'");
        };
    }
}
