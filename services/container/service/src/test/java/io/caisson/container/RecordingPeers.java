package io.caisson.container;

import io.caisson.image.api.FindImage;
import io.caisson.image.api.ImageDetail;
import io.caisson.image.api.Images;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Done;
import io.caisson.kernel.EndpointId;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import io.caisson.kernel.NetworkId;
import io.caisson.kernel.NodeId;
import io.caisson.kernel.SnapshotId;
import io.caisson.layerstore.api.CreateVolume;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.ListSnapshots;
import io.caisson.layerstore.api.PopulateVolume;
import io.caisson.layerstore.api.PrepareSnapshot;
import io.caisson.layerstore.api.SnapshotInfo;
import io.caisson.layerstore.api.SnapshotList;
import io.caisson.layerstore.api.SnapshotRef;
import io.caisson.layerstore.api.VolumeInfo;
import io.caisson.layerstore.api.VolumeRef;
import io.caisson.layerstore.api.Volumes;
import io.caisson.network.api.AttachContainer;
import io.caisson.network.api.Attachment;
import io.caisson.network.api.DetachContainer;
import io.caisson.network.api.Endpoint;
import io.caisson.network.api.ListNetworks;
import io.caisson.network.api.NetworkList;
import io.caisson.network.api.NetworkPlan;
import io.caisson.network.api.Networks;
import io.caisson.network.api.PublishedPort;
import io.caisson.oci.Digest;
import io.caisson.oci.ImageConfig;
import io.caisson.oci.ImageConfig.Execution;
import io.caisson.oci.Mount;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The other services in memory: one image, snapshots and volumes without bytes, a network without addresses to run out. */
final class RecordingPeers {
    final Set<String> snapshots = ConcurrentHashMap.newKeySet();
    final Map<String, VolumeInfo> volumes = new ConcurrentHashMap<>();
    final Set<String> populated = ConcurrentHashMap.newKeySet();
    final Map<ContainerId, Attachment> attached = new ConcurrentHashMap<>();

    /** The network service is down. */
    volatile boolean networkAway;

    Images images() {
        return port(Images.class, command -> command instanceof FindImage find ? find(find) : null);
    }

    LayerStore layers() {
        return port(LayerStore.class, command -> switch (command) {
            case PrepareSnapshot prepare -> {
                snapshots.add(prepare.id().value());
                yield snapshot(new SnapshotRef(prepare.node(), prepare.id()));
            }
            case ListSnapshots _ ->
                new SnapshotList(snapshots.stream().map(SnapshotId::new).toList());
            case SnapshotRef ref when snapshots.contains(ref.id().value()) -> snapshot(ref);
            default -> null;
        });
    }

    Volumes volumeStore() {
        return port(Volumes.class, command -> switch (command) {
            case CreateVolume create -> create(create);
            case PopulateVolume populate -> {
                populated.add(populate.volume());
                yield Done.DONE;
            }
            case VolumeRef ref -> {
                volumes.remove(ref.name());
                yield Done.DONE;
            }
            default -> null;
        });
    }

    Networks networks() {
        return port(Networks.class, command -> switch (command) {
            case Object _ when networkAway -> throw new Fault(Fault.Kind.UNAVAILABLE, "the network service is away");
            case AttachContainer attach -> attached.computeIfAbsent(attach.container(), _ -> attachment(attach));
            case ListNetworks _ -> new NetworkList(List.of());
            case DetachContainer detach -> {
                attached.remove(detach.container());
                yield Done.DONE;
            }
            default -> null;
        });
    }

    private <P> P port(Class<P> port, Function<Object, Object> answers) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (_, method, arguments) -> Uni.createFrom().item(() -> {
                    if (method.getName().equals("removeSnapshot")) {
                        snapshots.remove(((SnapshotRef) arguments[0]).id().value());
                        return Done.DONE;
                    }
                    Object answer = answers.apply(arguments[0]);
                    if (answer == null) {
                        throw Fault.unsupported(method.getName());
                    }
                    return answer;
                })));
    }

    private static ImageDetail find(FindImage query) {
        if (!query.nameOrId().startsWith("busybox")) {
            throw Fault.notFound("No such image: " + query.nameOrId());
        }
        var execution = new Execution(
                null,
                List.of(),
                List.of("FROM_IMAGE=1"),
                null,
                List.of("sh"),
                List.of("/data"),
                null,
                Map.of("origin", "image"),
                null,
                null,
                null,
                null,
                false);
        var config = new ImageConfig(
                "amd64", "linux", null, null, null, execution, new ImageConfig.RootFs("layers", List.of()), List.of());
        Digest id = Digest.sha256("busybox".getBytes(StandardCharsets.UTF_8));
        return new ImageDetail(
                new NodeId("local"), id, null, config, List.of("busybox:latest"), List.of(), 1, Instant.EPOCH, null);
    }

    private static SnapshotInfo snapshot(SnapshotRef ref) {
        return new SnapshotInfo(ref.id(), new Mount("overlay", "overlay", "", List.of()), List.of(), "/upper", "/work");
    }

    private VolumeInfo create(CreateVolume command) {
        String name = command.name().isEmpty() ? Ids.hex64() : command.name();
        return volumes.computeIfAbsent(
                name,
                _ -> new VolumeInfo(
                        command.node(),
                        name,
                        command.driver(),
                        "/volumes/" + name + "/_data",
                        command.name().isEmpty(),
                        command.options(),
                        command.labels(),
                        Instant.now()));
    }

    private static Attachment attachment(AttachContainer command) {
        var endpoint = new Endpoint(
                new NetworkId("aa11"),
                command.mode(),
                new EndpointId(Ids.hex64()),
                command.container(),
                command.name(),
                "172.17.0.2",
                16,
                "172.17.0.1",
                "02:42:ac:11:00:02",
                List.of(),
                List.of(),
                null,
                Map.of());
        var plan = new NetworkPlan(command.container(), new NetworkPlan.Sandbox.Private(), List.of(), List.of());
        List<PublishedPort> ports = command.publish().stream()
                .map(request -> new PublishedPort(request.protocol(), request.containerPort(), "0.0.0.0", 40_000))
                .toList();
        return new Attachment(plan, List.of(endpoint), ports);
    }
}
