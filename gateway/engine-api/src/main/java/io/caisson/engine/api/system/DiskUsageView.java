package io.caisson.engine.api.system;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.engine.api.ApiVersion;
import io.caisson.engine.api.EngineJson;
import io.caisson.engine.api.container.ContainerSummary;
import io.caisson.engine.api.image.ImageSummary;
import io.caisson.engine.api.network.VolumeView;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code docker system df}. What was not asked for is null.
 *
 * @param layers bytes of all images' layers, each counted once
 */
public record DiskUsageView(
        @Nullable List<ImageSummary> images,
        long layers,
        @Nullable List<ContainerSummary> containers,
        @Nullable List<VolumeView> volumes,
        boolean cache) {
    private static final int BY_TYPE = 52;
    private static final Set<String> ACTIVE = Set.of("running", "paused", "restarting");

    /** {@code verbose} null when the client did not say: clients of the first version by type still got lists then. */
    public ObjectNode json(ApiVersion version, @Nullable Boolean verbose) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        if (version.atLeast(BY_TYPE)) {
            addByType(view, Boolean.TRUE.equals(verbose));
        }
        if (!version.atLeast(BY_TYPE) || (!version.atLeast(BY_TYPE + 1) && verbose == null)) {
            addLists(view);
        }
        return view;
    }

    private void addLists(ObjectNode view) {
        var mapper = EngineJson.mapper();
        view.put("LayersSize", layers);
        view.set("Images", mapper.valueToTree(images));
        view.set("Containers", mapper.valueToTree(containers));
        view.set("Volumes", mapper.valueToTree(volumes));
        view.set("BuildCache", mapper.valueToTree(cache ? List.of() : null));
    }

    private void addByType(ObjectNode view, boolean verbose) {
        if (images != null) {
            add(view, "ImageUsage", ofImages(images), verbose ? images : List.of());
        }
        if (containers != null) {
            add(view, "ContainerUsage", ofContainers(containers), verbose ? containers : List.of());
        }
        if (volumes != null) {
            add(view, "VolumeUsage", ofVolumes(volumes), verbose ? volumes : List.of());
        }
        if (cache) {
            add(view, "BuildCacheUsage", new Totals(0, 0, 0, 0), List.of());
        }
    }

    private record Totals(long activeCount, long totalCount, long reclaimable, long totalSize) {}

    private static void add(ObjectNode view, String name, Totals totals, List<?> items) {
        ObjectNode usage = EngineJson.mapper().valueToTree(totals);
        if (!items.isEmpty()) {
            usage.set("Items", EngineJson.mapper().valueToTree(items));
        }
        view.set(name, usage);
    }

    private Totals ofImages(List<ImageSummary> all) {
        var used = all.stream().filter(image -> image.containers() > 0).toList();
        long needed = used.stream()
                .mapToLong(image -> image.size() - image.sharedSize())
                .sum();
        return new Totals(used.size(), all.size(), Math.max(0, layers - needed), layers);
    }

    private static Totals ofContainers(List<ContainerSummary> all) {
        var idle = all.stream()
                .filter(container -> !ACTIVE.contains(container.state()))
                .toList();
        return new Totals(all.size() - idle.size(), all.size(), bytes(idle), bytes(all));
    }

    private static long bytes(List<ContainerSummary> containers) {
        return containers.stream()
                .mapToLong(container -> Objects.requireNonNullElse(container.sizeRw(), 0L))
                .sum();
    }

    private static Totals ofVolumes(List<VolumeView> all) {
        long active = 0;
        long idleBytes = 0;
        long bytes = 0;
        for (VolumeView volume : all) {
            var usage = Objects.requireNonNullElse(volume.usageData(), new VolumeView.UsageData(0, 0));
            bytes += usage.size();
            if (usage.refCount() > 0) {
                active++;
            } else {
                idleBytes += usage.size();
            }
        }
        return new Totals(active, all.size(), idleBytes, bytes);
    }
}
