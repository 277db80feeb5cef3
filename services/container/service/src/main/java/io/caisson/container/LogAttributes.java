package io.caisson.container;

import io.caisson.container.model.Absent;
import io.caisson.container.model.Definition;
import io.caisson.kernel.Fault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** What the options {@code labels}, {@code env} and {@code tag} of json-file add to each entry of a log. Pure. */
final class LogAttributes {
    private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*\\.(\\w+)\\s*}}");
    private static final int SHORT = 12;

    private LogAttributes() {}

    static Map<String, String> of(Definition definition, String name) {
        var log = definition.hostConfig().logConfig();
        Map<String, String> options = log == null ? Map.of() : Absent.map(log.config());
        var attributes = new TreeMap<String, String>();
        pick(Absent.map(definition.config().labels()), options, "labels", attributes::put);
        pick(environment(definition), options, "env", attributes::put);
        String tag = Absent.text(options.get("tag"));
        if (!tag.isEmpty()) {
            attributes.put("tag", tag(tag, definition, name));
        }
        return attributes;
    }

    /** As {@code docker logs --details} shows them: {@code name=value} in a query's escapes, sorted, between commas. */
    static String details(Definition definition, String name) {
        return of(definition, name).entrySet().stream()
                .map(attribute -> escaped(attribute.getKey()) + "=" + escaped(attribute.getValue()))
                .collect(Collectors.joining(","));
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static Map<String, String> environment(Definition definition) {
        var environment = new TreeMap<String, String>();
        for (String entry : Absent.list(definition.config().env())) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                environment.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return environment;
    }

    /** By the names in the option, and by the pattern in the option with {@code -regex}. */
    private static void pick(
            Map<String, String> values, Map<String, String> options, String option, BiConsumer<String, String> taken) {
        List<String> names = List.of(Absent.text(options.get(option)).split(","));
        String regex = Absent.text(options.get(option + "-regex"));
        try {
            Pattern pattern = Pattern.compile(regex);
            values.forEach((name, value) -> {
                if (names.contains(name)
                        || (!regex.isEmpty() && pattern.matcher(name).find())) {
                    taken.accept(name, value);
                }
            });
        } catch (PatternSyntaxException e) {
            throw new Fault(Fault.Kind.INVALID, "error parsing regexp: " + e.getMessage(), e);
        }
    }

    private static String tag(String template, Definition definition, String name) {
        return FIELD.matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(field(match.group(1), definition, name)));
    }

    private static String field(String field, Definition definition, String name) {
        String image = definition.imageId();
        return switch (field) {
            case "ID" -> definition.shortId();
            case "FullID" -> definition.id().value();
            case "Name" -> name;
            case "ImageID" -> {
                String digest = image.substring(image.indexOf(':') + 1);
                yield digest.substring(0, Math.min(SHORT, digest.length()));
            }
            case "ImageFullID" -> image;
            case "ImageName" -> definition.imageName();
            case "DaemonName" -> "docker";
            case String other ->
                throw Fault.invalid("failed to initialize logging driver: can't evaluate field " + other);
        };
    }
}
