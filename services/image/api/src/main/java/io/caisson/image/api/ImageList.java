package io.caisson.image.api;

import java.util.List;

/** Newest first. */
public record ImageList(List<ImageDetail> images) {
    public ImageList {
        images = List.copyOf(images);
    }
}
