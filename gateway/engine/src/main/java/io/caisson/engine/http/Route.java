package io.caisson.engine.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A method, a path and what to do.
 *
 * <p>In a path {@code {name}} stands for one segment and {@code {name...}} for one or more: names of images have slashes.
 */
final class Route {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)(\\.\\.\\.)?}");

    private final String path;
    private final Pattern pattern;
    private final List<String> variables = new ArrayList<>();
    private final Target target;

    /** Either an action or a take-over. */
    sealed interface Target {
        record Acts(Action action) implements Target {}

        /** @param withBody the request's body is kept */
        record TakesOver(TakeOver takeOver, boolean withBody) implements Target {}
    }

    Route(String path, Target target) {
        this.path = path;
        this.target = target;
        Matcher matcher = VARIABLE.matcher(path);
        StringBuilder regex = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            regex.append(Pattern.quote(path.substring(end, matcher.start())));
            regex.append(matcher.group(2) == null ? "([^/]+)" : "(.+)");
            variables.add(matcher.group(1));
            end = matcher.end();
        }
        this.pattern =
                Pattern.compile(regex.append(Pattern.quote(path.substring(end))).toString());
    }

    String path() {
        return path;
    }

    Target target() {
        return target;
    }

    /** The decoded variables, or null when {@code path} is another route's. */
    @Nullable
    Map<String, String> match(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return null;
        }
        Map<String, String> values = HashMap.newHashMap(variables.size());
        for (int i = 0; i < variables.size(); i++) {
            values.put(variables.get(i), decode(matcher.group(i + 1)));
        }
        return values;
    }

    /** Percent signs only: a plus in a path is a plus. */
    private static String decode(String text) {
        return text.indexOf('%') < 0 ? text : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
