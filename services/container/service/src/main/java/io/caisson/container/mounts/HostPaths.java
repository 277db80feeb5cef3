package io.caisson.container.mounts;

import io.caisson.container.model.PlannedMount;
import io.caisson.kernel.Done;
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
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sources of bind mounts. Only the node this process runs on can be looked at; on others a missing source is the runtime's
 * to report.
 */
@ApplicationScoped
public class HostPaths {
    private final NodeId local;
    private final Offload offload = new Offload("bind-sources", 8);

    HostPaths(@ConfigProperty(name = "caisson.node") String node) {
        this.local = new NodeId(node);
    }

    /** Makes the sources that may be made; INVALID for a missing one that may not. */
    public Uni<Done> ensure(NodeId node, List<PlannedMount> mounts) {
        boolean any = mounts.stream().anyMatch(mount -> !(mount instanceof PlannedMount.Tmpfs));
        return any && node.equals(local)
                ? offload.run(() -> ensureAll(mounts))
                : Uni.createFrom().item(Done.DONE);
    }

    private static void ensureAll(List<PlannedMount> mounts) throws IOException {
        for (PlannedMount mount : mounts) {
            switch (mount) {
                case PlannedMount.Bind bind -> ensure(bind);
                case PlannedMount.Volume volume -> {
                    if (volume.options() != null) {
                        VolumeDevice.check(volume, volume.options());
                    }
                }
                case PlannedMount.Tmpfs _ -> {}
            }
        }
    }

    private static void ensure(PlannedMount.Bind bind) throws IOException {
        Path source = Path.of(bind.source());
        if (Files.exists(source) || Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!bind.createSource()) {
            throw Fault.invalid(
                    "invalid mount config for type \"bind\": bind source path does not exist: " + bind.source());
        }
        var _ = Files.createDirectories(source);
    }

    /** INTERNAL in Docker's words for a propagation that the host's own mounts do not have. */
    public Uni<Done> checkPropagation(NodeId node, List<PlannedMount> mounts) {
        List<PlannedMount.Bind> propagating = mounts.stream()
                .filter(PlannedMount.Bind.class::isInstance)
                .map(PlannedMount.Bind.class::cast)
                .filter(bind -> !bind.propagation().endsWith("private"))
                .toList();
        return propagating.isEmpty() || !node.equals(local)
                ? Uni.createFrom().item(Done.DONE)
                : offload.run(() -> {
                    for (PlannedMount.Bind bind : propagating) {
                        HostMounts.read().check(bind);
                    }
                });
    }

    @PreDestroy
    void close() {
        offload.close();
    }
}
