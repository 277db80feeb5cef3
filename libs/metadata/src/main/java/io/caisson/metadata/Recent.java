package io.caisson.metadata;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The rows that were asked for last, no more than a thousand. */
final class Recent<V> {
    private static final int CAPACITY = 1024;
    private static final float LOAD = 0.75f;

    private final Map<String, V> values = new LinkedHashMap<>(CAPACITY, LOAD, true);

    synchronized Optional<V> get(String id) {
        return Optional.ofNullable(values.get(id));
    }

    synchronized void put(String id, V value) {
        values.put(id, value);
        if (values.size() > CAPACITY) {
            values.remove(values.keySet().iterator().next());
        }
    }

    /** Only if nothing else has to go for it: who reads more than fit would lose all that the others asked for. */
    synchronized void putIfRoom(String id, V value) {
        if (values.containsKey(id) || values.size() < CAPACITY) {
            values.put(id, value);
        }
    }

    synchronized void forget(String id) {
        values.remove(id);
    }
}
