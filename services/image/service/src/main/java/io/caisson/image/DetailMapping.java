package io.caisson.image;

import io.caisson.image.api.ImageDetail;
import io.caisson.image.document.ConfigMapping;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.StoredImage;

/** What is remembered of an image, as the port tells it. */
final class DetailMapping {
    private DetailMapping() {}

    static ImageDetail detail(StoredImage image) {
        return new ImageDetail(
                image.node(),
                image.id(),
                image.manifest(),
                ConfigMapping.read(image.config()),
                image.tags().stream().map(ImageName::familiar).toList(),
                image.digests().stream().map(ImageName::familiar).toList(),
                image.size(),
                image.created(),
                image.lastTagged());
    }
}
