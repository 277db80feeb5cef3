package io.caisson.engine.route;

import io.caisson.container.api.ContainerDetail;
import io.caisson.container.api.ListContainers;
import io.caisson.engine.EngineSettings;
import io.caisson.engine.Services;
import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.Parameters;
import io.caisson.engine.api.container.ContainerSummary;
import io.caisson.engine.api.network.VolumeView;
import io.caisson.engine.api.system.DiskUsageView;
import io.caisson.engine.http.Answer;
import io.caisson.engine.http.Exchange;
import io.caisson.engine.http.RouteTable;
import io.caisson.image.api.ImageDetail;
import io.caisson.image.api.ListImages;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.DescribeLayers;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.layerstore.api.ListVolumes;
import io.caisson.layerstore.api.VolumeInfo;
import io.caisson.layerstore.api.VolumeRef;
import io.caisson.layerstore.api.VolumeUsage;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How much there is on the disk. */
public final class DiskUsageRoutes {
    private static final Set<String> TYPES = Set.of("container", "image", "volume", "build-cache");
    private static final int AT_ONCE = 4;

    private final Services services;
    private final EngineSettings settings;
    private final ContainerSizes sizes;

    public DiskUsageRoutes(Services services, EngineSettings settings) {
        this.services = services;
        this.settings = settings;
        this.sizes = new ContainerSizes(services);
    }

    public void addTo(RouteTable table) {
        table.get("/system/df", this::diskUsage);
    }

    private Uni<Answer> diskUsage(Exchange exchange) {
        Set<String> types = types(exchange.all("type"));
        String verbose = exchange.optional("verbose");
        return Uni.combine()
                .all()
                .unis(
                        services.images().list(new ListImages(true, Map.of())),
                        services.containers().list(new ListContainers(true, 0, Map.of())))
                .withUni((images, containers) ->
                        measured(types, images.images(), containers.containers(), exchange.version()))
                .map(usage ->
                        Answer.json(usage.json(exchange.version(), verbose == null ? null : Parameters.flag(verbose))));
    }

    private static Set<String> types(List<String> asked) {
        for (String type : asked) {
            if (!TYPES.contains(type)) {
                throw Fault.invalid("unknown object type: " + type);
            }
        }
        return asked.isEmpty() ? TYPES : Set.copyOf(asked);
    }

    private Uni<DiskUsageView> measured(
            Set<String> types, List<ImageDetail> images, List<ContainerDetail> containers, ApiVersion version) {
        return Uni.combine()
                .all()
                .unis(
                        layers(types.contains("image") ? images : List.of()),
                        containers(types.contains("container") ? containers : List.of(), version),
                        types.contains("volume")
                                ? volumes(containers)
                                : Uni.createFrom().item(List.<VolumeView>of()))
                .with((layers, summaries, volumes) -> new DiskUsageView(
                        types.contains("image") ? ImageSizes.measured(images, layers, containers, version) : null,
                        layers.values().stream().mapToLong(Long::longValue).sum(),
                        types.contains("container") ? summaries : null,
                        types.contains("volume") ? volumes : null,
                        types.contains("build-cache")));
    }

    /** The size of each layer, by diffId. */
    private Uni<Map<Digest, Long>> layers(List<ImageDetail> images) {
        List<Digest> diffIds = images.stream()
                .flatMap(image -> image.config().rootfs().diffIds().stream())
                .distinct()
                .toList();
        return services.layers()
                .describe(new DescribeLayers(settings.node(), diffIds))
                .map(infos -> infos.layers().stream().collect(Collectors.toMap(LayerInfo::diffId, LayerInfo::size)));
    }

    private Uni<List<ContainerSummary>> containers(List<ContainerDetail> containers, ApiVersion version) {
        Instant now = Instant.now();
        return sizes.of(containers).map(known -> IntStream.range(0, known.size())
                .mapToObj(i -> ContainerSummary.of(containers.get(i), known.get(i), version, now))
                .toList());
    }

    private Uni<List<VolumeView>> volumes(List<ContainerDetail> containers) {
        Map<String, Set<String>> users = VolumeUsers.of(containers);
        return services.volumes()
                .list(new ListVolumes(settings.node()))
                .chain(list -> list.volumes().isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : Uni.join()
                                .all(list.volumes().stream()
                                        .map(volume -> volume(volume, users))
                                        .toList())
                                .usingConcurrencyOf(AT_ONCE)
                                .andFailFast());
    }

    private Uni<VolumeView> volume(VolumeInfo volume, Map<String, Set<String>> users) {
        int count = users.getOrDefault(volume.name(), Set.of()).size();
        return services.volumes()
                .usage(new VolumeRef(volume.node(), volume.name()))
                .onFailure(error -> Fault.of(error).kind() == Fault.Kind.NOT_FOUND)
                .recoverWithItem(new VolumeUsage(0))
                .map(usage -> VolumeView.of(volume).measured(new VolumeView.UsageData(usage.bytes(), count)));
    }
}
