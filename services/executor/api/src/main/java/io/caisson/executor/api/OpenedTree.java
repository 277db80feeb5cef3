package io.caisson.executor.api;

import io.caisson.bus.stream.StreamTarget;

/** @param target where to read the tar of it */
public record OpenedTree(PathStat stat, StreamTarget target) {}
