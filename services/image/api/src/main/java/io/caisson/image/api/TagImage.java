package io.caisson.image.api;

import io.caisson.oci.Reference;

public record TagImage(String source, Reference target) {}
