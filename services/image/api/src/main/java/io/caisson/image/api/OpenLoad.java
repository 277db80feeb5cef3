package io.caisson.image.api;

import io.caisson.kernel.NodeId;

/** @param rootfs the archive is a root file system, for import */
public record OpenLoad(NodeId node, boolean rootfs) {}
