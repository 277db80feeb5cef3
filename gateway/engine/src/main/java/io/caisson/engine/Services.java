package io.caisson.engine;

import io.caisson.bus.Ports;
import io.caisson.container.api.Containers;
import io.caisson.executor.api.Executor;
import io.caisson.image.api.Images;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.Volumes;
import io.caisson.metadata.Event;
import io.caisson.metadata.EventQuery;
import io.caisson.network.api.Networks;
import io.smallrye.mutiny.Multi;
import java.util.function.Function;

/**
 * Whom the gateway asks.
 *
 * @param events follows the event log
 */
public record Services(
        Containers containers,
        Images images,
        LayerStore layers,
        Volumes volumes,
        Networks networks,
        Executor executor,
        Function<EventQuery, Multi<Event>> events) {
    public static Services on(Ports ports, Function<EventQuery, Multi<Event>> events) {
        return new Services(
                ports.client(Containers.class),
                ports.client(Images.class),
                ports.client(LayerStore.class),
                ports.client(Volumes.class),
                ports.client(Networks.class),
                ports.client(Executor.class),
                events);
    }
}
