package io.caisson.container.spec;

import io.caisson.container.api.HostConfig;
import io.caisson.container.api.HostConfig.DeviceMapping;
import io.caisson.container.model.Absent;
import io.caisson.kernel.Fault;
import io.caisson.kernel.NodeId;
import io.caisson.kernel.Offload;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Looks up the devices a container is to get. Only those of the node this process runs on can be looked at. */
@ApplicationScoped
public class HostDevices {
    private static final Path DEV = Path.of("/dev");
    /** Folders below it that are not about devices, or are the container's own. */
    private static final Set<String> NOT_DEVICES = Set.of("pts", "shm", "fd", "mqueue", ".lxc", ".lxd-mounts", ".udev");

    private static final int TYPE_MASK = 0xf000;
    private static final int CHARACTER = 0x2000;
    private static final int BLOCK = 0x6000;
    private static final int PERMISSIONS = 0x1ff;

    private final NodeId local;
    private final Offload offload = new Offload("devices", 4);

    HostDevices(@ConfigProperty(name = "caisson.node") String node) {
        this.local = new NodeId(node);
    }

    /**
     * @param given devices for the container
     * @param named by path, those that limits are about
     */
    public record Found(List<DeviceNode> given, Map<String, DeviceNode> named) {
        static final Found NOTHING = new Found(List.of(), Map.of());
    }

    /** INVALID in Docker's words for a device that isn't there. */
    public Uni<Found> find(NodeId node, HostConfig host) {
        if (!wanted(host)) {
            return Uni.createFrom().item(Found.NOTHING);
        }
        if (!node.equals(local)) {
            return Uni.createFrom().failure(Fault.unsupported("devices of another node are not implemented"));
        }
        return offload.call(() -> new Found(given(host), named(host)));
    }

    private static boolean wanted(HostConfig host) {
        return host.privileged()
                || !Absent.list(host.devices()).isEmpty()
                || limited(host).findAny().isPresent();
    }

    /** Paths of devices that limits are about. */
    private static Stream<String> limited(HostConfig host) {
        Stream<String> throttled = Stream.of(
                        host.blkioDeviceReadBps(),
                        host.blkioDeviceWriteBps(),
                        host.blkioDeviceReadIOps(),
                        host.blkioDeviceWriteIOps())
                .flatMap(list -> Absent.list(list).stream())
                .map(limit -> Absent.text(limit.path()));
        Stream<String> weighted =
                Absent.list(host.blkioWeightDevice()).stream().map(limit -> Absent.text(limit.path()));
        return Stream.concat(throttled, weighted);
    }

    private static List<DeviceNode> given(HostConfig host) throws IOException {
        if (host.privileged()) {
            return below(DEV, DEV, "rwm");
        }
        List<DeviceNode> devices = new ArrayList<>();
        for (DeviceMapping mapping : Absent.list(host.devices())) {
            devices.addAll(mapped(mapping));
        }
        return devices;
    }

    private static List<DeviceNode> mapped(DeviceMapping mapping) throws IOException {
        Path path = Path.of(Absent.text(mapping.pathOnHost()));
        Path inside = Path.of(Absent.text(mapping.pathInContainer(), path.toString()));
        String access = Absent.text(mapping.cgroupPermissions(), "rwm");
        if (Files.isDirectory(path)) {
            return below(path, inside, access);
        }
        DeviceNode device = Files.exists(path) ? node(path.toRealPath()) : null;
        if (device == null) {
            throw Fault.invalid("error gathering device information while adding custom device \"" + path + "\": "
                    + (Files.exists(path) ? "not a device node" : "no such file or directory"));
        }
        return List.of(device.as(inside.toString(), access));
    }

    private static Map<String, DeviceNode> named(HostConfig host) throws IOException {
        Map<String, DeviceNode> devices = new HashMap<>();
        for (String limited : limited(host).toList()) {
            Path path = Path.of(limited);
            DeviceNode device = Files.exists(path) ? node(path.toRealPath()) : null;
            if (device != null) {
                devices.put(path.toString(), device);
            }
        }
        return devices;
    }

    private static List<DeviceNode> below(Path folder, Path inside, String access) throws IOException {
        List<DeviceNode> devices = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                Path target = inside.resolve(String.valueOf(entry.getFileName()));
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    if (!folder.equals(DEV) || !NOT_DEVICES.contains(String.valueOf(entry.getFileName()))) {
                        devices.addAll(below(entry, target, access));
                    }
                    continue;
                }
                DeviceNode device = entry.equals(DEV.resolve("console")) ? null : node(entry);
                if (device != null) {
                    devices.add(device.as(target.toString(), access));
                }
            }
        }
        return devices;
    }

    private static @Nullable DeviceNode node(Path path) throws IOException {
        Map<String, Object> facts = Files.readAttributes(path, "unix:mode,rdev,uid,gid", LinkOption.NOFOLLOW_LINKS);
        int mode = ((Number) facts.getOrDefault("mode", 0)).intValue();
        int type = mode & TYPE_MASK;
        if (type != CHARACTER && type != BLOCK) {
            return null;
        }
        long device = ((Number) facts.getOrDefault("rdev", 0L)).longValue();
        return new DeviceNode(
                path.toString(),
                type == BLOCK ? "b" : "c",
                (device >> 8 & 0xfff) | (device >> 32 & ~0xfffL),
                (device & 0xff) | (device >> 12 & 0xfff00),
                mode & PERMISSIONS,
                ((Number) facts.getOrDefault("uid", 0)).longValue(),
                ((Number) facts.getOrDefault("gid", 0)).longValue(),
                "rwm");
    }

    @PreDestroy
    void close() {
        offload.close();
    }
}
