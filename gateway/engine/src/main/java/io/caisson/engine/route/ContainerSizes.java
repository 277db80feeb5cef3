package io.caisson.engine.route;

import io.caisson.container.api.ContainerDetail;
import io.caisson.engine.Services;
import io.caisson.engine.api.container.Sizes;
import io.caisson.image.api.FindImage;
import io.caisson.kernel.Fault;
import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.api.SnapshotRef;
import io.caisson.layerstore.api.SnapshotUsage;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** How much containers take: their own layer is measured, the image's size is known. */
final class ContainerSizes {
    private static final int AT_ONCE = 4;

    private final Services services;

    ContainerSizes(Services services) {
        this.services = services;
    }

    /** In the order asked. */
    Uni<List<Sizes>> of(List<ContainerDetail> containers) {
        if (containers.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return Uni.join()
                .all(containers.stream().map(this::of).toList())
                .usingConcurrencyOf(AT_ONCE)
                .andFailFast();
    }

    Uni<Sizes> of(ContainerDetail container) {
        // It may go away while it is looked at.
        var writable = services.layers()
                .usage(new SnapshotRef(
                        container.node(), new SnapshotId(container.id().value())))
                .onFailure(error -> Fault.of(error).kind() == Fault.Kind.NOT_FOUND)
                .recoverWithItem(new SnapshotUsage(0));
        // An image may have been removed by force below its containers: what is left is their own layer.
        var image = services.images()
                .inspect(FindImage.of(container.imageId()))
                .map(detail -> detail.size())
                .onFailure()
                .recoverWithItem(0L);
        return Uni.combine()
                .all()
                .unis(writable, image)
                .with((usage, below) -> new Sizes(usage.writable(), usage.writable() + below));
    }
}
