package io.caisson.container.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Docker's wire types leave out what is empty: nothing and empty mean the same. */
public final class Absent {
    private Absent() {}

    public static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    public static <K, V> Map<K, V> map(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : map;
    }

    public static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** {@code text}, or {@code otherwise} when it is null or empty. */
    public static String text(@Nullable String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }
}
