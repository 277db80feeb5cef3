package io.caisson.engine.route;

import io.caisson.container.api.ContainerDetail;
import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.image.ImageSummary;
import io.caisson.image.api.ImageDetail;
import io.caisson.oci.Digest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What of an image's layers it shares with others, and how many containers it has. Pure. */
final class ImageSizes {
    private ImageSizes() {}

    static List<ImageSummary> measured(
            List<ImageDetail> images, Map<Digest, Long> layers, List<ContainerDetail> containers, ApiVersion version) {
        Map<Digest, Long> uses = images.stream()
                .flatMap(image -> layersOf(image).stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Map<String, Long> users =
                containers.stream().collect(Collectors.groupingBy(ContainerDetail::imageId, Collectors.counting()));
        return images.stream()
                .map(image -> ImageSummary.of(image, 0, version)
                        .measured(
                                shared(image, uses, layers),
                                users.getOrDefault(image.id().toString(), 0L)))
                .toList();
    }

    private static long shared(ImageDetail image, Map<Digest, Long> uses, Map<Digest, Long> layers) {
        return layersOf(image).stream()
                .filter(diffId -> uses.getOrDefault(diffId, 0L) > 1)
                .mapToLong(diffId -> layers.getOrDefault(diffId, 0L))
                .sum();
    }

    private static Set<Digest> layersOf(ImageDetail image) {
        return new LinkedHashSet<>(image.config().rootfs().diffIds());
    }
}
