package io.caisson.container;

import io.caisson.container.model.Container;
import io.caisson.container.state.Lifecycle;
import io.caisson.kernel.ContainerId;
import io.vertx.core.json.JsonObject;

/**
 * News of an end.
 *
 * @param ends how many runs have ended, this one included
 * @param exitCode of the last run
 * @param removed the container is gone
 * @param dead its removal has failed
 */
record Ended(ContainerId id, long ends, int exitCode, boolean removed, boolean dead) {
    static Ended of(Container container, boolean removed) {
        return new Ended(
                container.id(),
                container.ends(),
                container.lifecycle().shown().exitCode(),
                removed,
                container.lifecycle() instanceof Lifecycle.Dead);
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("id", id.value())
                .put("ends", ends)
                .put("exitCode", exitCode)
                .put("removed", removed)
                .put("dead", dead);
    }

    static Ended of(JsonObject json) {
        return new Ended(
                new ContainerId(json.getString("id")),
                json.getLong("ends"),
                json.getInteger("exitCode"),
                json.getBoolean("removed"),
                json.getBoolean("dead", false));
    }
}
