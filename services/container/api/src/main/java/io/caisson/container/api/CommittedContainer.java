package io.caisson.container.api;

import io.caisson.oci.Digest;

/** @param image the new image's id */
public record CommittedContainer(Digest image) {}
