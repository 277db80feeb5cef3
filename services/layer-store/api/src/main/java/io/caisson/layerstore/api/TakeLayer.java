package io.caisson.layerstore.api;

import io.caisson.bus.NodeBound;
import io.caisson.bus.stream.StreamTarget;
import io.caisson.kernel.NodeId;

/** @param source where a layer's plain tar waits to be read, once */
public record TakeLayer(NodeId node, StreamTarget source) implements NodeBound {}
