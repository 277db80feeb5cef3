package io.caisson.image;

import io.caisson.image.document.ConfigMapping;
import io.caisson.image.document.GoDuration;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.StoredImage;
import io.caisson.kernel.Fault;
import io.caisson.oci.ImageConfig;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Docker's filters of a list of images. Pure. */
final class ListPlanner {
    private static final Set<String> KNOWN =
            Set.of("dangling", "label", "label!", "before", "since", "reference", "until");

    private final Map<String, List<String>> filters;
    private final @Nullable Instant before;
    private final @Nullable Instant since;

    /** @param before created before this image's moment; {@code since} after */
    ListPlanner(Map<String, List<String>> filters, @Nullable Instant before, @Nullable Instant since) {
        this.filters = filters;
        this.before = earliest(before, until(filters));
        this.since = since;
    }

    /** INVALID {@code invalid filter 'x'}. */
    static void check(Map<String, List<String>> filters) {
        for (String key : filters.keySet()) {
            if (!KNOWN.contains(key)) {
                throw Fault.invalid("invalid filter '" + key + "'");
            }
        }
    }

    List<StoredImage> choose(List<StoredImage> images) {
        List<StoredImage> chosen = new ArrayList<>();
        Boolean dangling = dangling();
        for (StoredImage image : images) {
            boolean fits = (before == null || image.created().isBefore(before))
                    && (since == null || image.created().isAfter(since))
                    && (dangling == null || dangling == image.tags().isEmpty())
                    && hasLabels(image);
            if (fits) {
                referenced(image, chosen);
            }
        }
        return chosen;
    }

    /** With a reference filter an image shows only the names that fit, and none without one. */
    private void referenced(StoredImage image, List<StoredImage> into) {
        List<String> patterns = filters.getOrDefault("reference", List.of());
        if (patterns.isEmpty()) {
            into.add(image);
            return;
        }
        List<ImageName> names =
                image.names().stream().filter(name -> matches(name, patterns)).toList();
        if (!names.isEmpty()) {
            into.add(new StoredImage(
                    image.key(),
                    image.node(),
                    image.id(),
                    image.manifest(),
                    image.config(),
                    image.layers(),
                    names,
                    image.size(),
                    image.created(),
                    image.lastTagged()));
        }
    }

    private static boolean matches(ImageName name, List<String> patterns) {
        return patterns.stream()
                .map(ListPlanner::glob)
                .anyMatch(glob ->
                        glob.matches(Path.of(name.familiar())) || glob.matches(Path.of(name.familiarRepository())));
    }

    /** Go's {@code path.Match}: a star does not pass a slash; braces mean nothing. */
    private static PathMatcher glob(String pattern) {
        try {
            return FileSystems.getDefault()
                    .getPathMatcher("glob:" + pattern.replace("{", "\\{").replace("}", "\\}"));
        } catch (IllegalArgumentException e) {
            throw new Fault(Fault.Kind.INVALID, "invalid filter 'reference=" + List.of(pattern) + "'", e);
        }
    }

    private boolean hasLabels(StoredImage image) {
        List<String> wanted = filters.getOrDefault("label", List.of());
        List<String> unwanted = filters.getOrDefault("label!", List.of());
        if (wanted.isEmpty() && unwanted.isEmpty()) {
            return true;
        }
        ImageConfig.Execution config = ConfigMapping.read(image.config()).config();
        Map<String, String> labels = config == null ? Map.of() : config.labels();
        return wanted.stream().allMatch(label -> hasLabel(labels, label))
                && unwanted.stream().noneMatch(label -> hasLabel(labels, label));
    }

    private static boolean hasLabel(Map<String, String> labels, String wanted) {
        int equals = wanted.indexOf('=');
        return equals < 0
                ? labels.containsKey(wanted)
                : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
    }

    private @Nullable Boolean dangling() {
        List<String> values = filters.getOrDefault("dangling", List.of());
        if (values.isEmpty()) {
            return null;
        }
        return switch (values.getFirst()) {
            case "1", "true" -> true;
            case "0", "false" -> false;
            case String _ -> throw Fault.invalid("invalid filter 'dangling=" + values + "'");
        };
    }

    private static @Nullable Instant until(Map<String, List<String>> filters) {
        List<String> values = filters.getOrDefault("until", List.of());
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw Fault.invalid("more than one until filter specified");
        }
        return moment(values.getFirst());
    }

    /** Seconds since 1970, RFC 3339, a date, or a duration back from now. */
    private static Instant moment(String text) {
        if (text.matches("[0-9]+(\\.[0-9]+)?")) {
            return Instant.ofEpochMilli((long) (Double.parseDouble(text) * 1000));
        }
        Optional<Long> back = GoDuration.nanos(text);
        if (back.isPresent()) {
            return Instant.now().minusNanos(back.get());
        }
        try {
            String full = text.matches("[0-9-]{10}") ? text + "T00:00:00Z" : text;
            return full.matches(".*(Z|[+-][0-9:]{5})")
                    ? OffsetDateTime.parse(full).toInstant()
                    : Instant.parse(full + "Z");
        } catch (DateTimeException e) {
            throw new Fault(Fault.Kind.INVALID, "invalid filter 'until=" + List.of(text) + "'", e);
        }
    }

    private static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
