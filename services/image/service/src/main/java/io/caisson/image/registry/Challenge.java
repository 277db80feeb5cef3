package io.caisson.image.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One way to authenticate that a server offers in {@code WWW-Authenticate} (RFC 9110, section 11.6.1). */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final Pattern SCHEME = Pattern.compile("\\s*,?\\s*([A-Za-z]+)(?=\\s|$)\\s*");
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*,?\\s*([A-Za-z_][\\w-]*)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");

    Challenge {
        scheme = scheme.toLowerCase(Locale.ROOT);
        parameters = Map.copyOf(parameters);
    }

    boolean isBearer() {
        return scheme.equals("bearer");
    }

    boolean isBasic() {
        return scheme.equals("basic");
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    static List<Challenge> parse(List<String> headers) {
        List<Challenge> challenges = new ArrayList<>();
        headers.forEach(header -> parse(header, challenges));
        return challenges;
    }

    private static void parse(String header, List<Challenge> into) {
        int at = 0;
        while (at < header.length()) {
            Matcher scheme = SCHEME.matcher(header).region(at, header.length());
            if (!scheme.lookingAt()) {
                return;
            }
            at = scheme.end();
            Map<String, String> parameters = new HashMap<>();
            Matcher parameter = PARAMETER.matcher(header);
            while (parameter.region(at, header.length()).lookingAt()) {
                String quoted = parameter.group(2);
                String value = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
                parameters.put(parameter.group(1).toLowerCase(Locale.ROOT), value);
                at = parameter.end();
            }
            into.add(new Challenge(scheme.group(1), parameters));
        }
    }

    /** The strongest that we speak. */
    static Optional<Challenge> usable(List<Challenge> challenges) {
        return challenges.stream().filter(Challenge::isBearer).findFirst().or(() -> challenges.stream()
                .filter(Challenge::isBasic)
                .findFirst());
    }
}
