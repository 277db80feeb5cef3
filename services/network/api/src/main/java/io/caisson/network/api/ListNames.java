package io.caisson.network.api;

import io.caisson.kernel.NodeId;

/** The names of a node. */
public record ListNames(NodeId node) {}
