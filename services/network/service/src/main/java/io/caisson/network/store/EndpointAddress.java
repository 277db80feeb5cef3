package io.caisson.network.store;

import org.jspecify.annotations.Nullable;

/** Which address of a network is whose; no more, because a network may have hundreds of endpoints. */
public record EndpointAddress(String containerId, @Nullable Long address) {}
