package io.caisson.image.api;

/** @param reclaimed bytes that the deleted layers had, unpacked */
public record PrunedImages(ImageRemoval removal, long reclaimed) {}
