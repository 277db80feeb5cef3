package io.caisson.container;

import io.caisson.container.api.HostConfig;
import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.model.PlannedMount;
import io.caisson.container.mounts.MountMapping;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.ContainerStore;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Containers that another one shares something of. */
@ApplicationScoped
class Joining {
    private static final String CONTAINER = "container:";

    private final ContainerStore store;

    Joining(ContainerStore store) {
        this.store = store;
    }

    /** The container whose network is shared. INVALID when it, or another whose namespace is shared, is not there. */
    Uni<Optional<Container>> network(HostConfig host) {
        return required(named(Absent.text(host.networkMode())))
                .call(() -> required(named(Absent.text(host.ipcMode()))))
                .call(() -> required(named(Absent.text(host.pidMode()))));
    }

    /** A container that a request is based on is a bad request's fault, not a missing resource. */
    private static <T> Uni<T> required(Uni<T> found) {
        return found.onFailure(error -> Fault.of(error).kind() == Fault.Kind.NOT_FOUND)
                .transform(error -> Fault.invalid(Fault.of(error).message()));
    }

    /** INVALID when one of them, {@code name[:alias]}, is not there. */
    Uni<Done> links(HostConfig host) {
        return Multi.createFrom()
                .iterable(Absent.list(host.links()))
                .map(link -> link.split(":", 2)[0])
                .onItem()
                .transformToUniAndConcatenate(name -> store.find(name)
                        .onFailure(error -> Fault.of(error).kind() == Fault.Kind.NOT_FOUND)
                        .transform(error -> Fault.invalid("could not get container for " + name + ": "
                                + Fault.of(error).message())))
                .collect()
                .last()
                .replaceWith(Done.DONE);
    }

    /** The path of the process namespace that is shared; CONFLICT when its owner does not run. */
    Uni<Optional<String>> pidNamespace(HostConfig host) {
        return named(Absent.text(host.pidMode())).map(found -> found.map(Joining::pidNamespace));
    }

    /** The path of the IPC namespace that is shared; CONFLICT when its owner does not run, INVALID when it keeps it. */
    Uni<Optional<String>> ipcNamespace(HostConfig host) {
        return named(Absent.text(host.ipcMode())).map(found -> found.map(Joining::ipcNamespace));
    }

    private static String ipcNamespace(Container container) {
        if (!(container.lifecycle() instanceof Lifecycle.Live live)) {
            throw Fault.conflict("container " + container.id() + " is not running");
        }
        String mode = Absent.text(container.definition().hostConfig().ipcMode());
        if (!mode.equals("shareable") && !mode.startsWith(CONTAINER)) {
            throw Fault.invalid("container " + container.id()
                    + ": non-shareable IPC (hint: use IpcMode:shareable for the donor container)");
        }
        return "/proc/" + live.pid() + "/ns/ipc";
    }

    /** Of a container on the default bridge; links to containers that are gone are no more. */
    Uni<List<LegacyLink>> legacyLinks(Container parent) {
        HostConfig host = parent.definition().hostConfig();
        List<String> links =
                Absent.text(host.networkMode(), "bridge").equals("bridge") ? Absent.list(host.links()) : List.of();
        return Multi.createFrom()
                .iterable(links)
                .onItem()
                .transformToUniAndConcatenate(link -> legacyLink(link, parent))
                .collect()
                .asList()
                .map(found -> found.stream().flatMap(Optional::stream).toList());
    }

    private Uni<Optional<LegacyLink>> legacyLink(String link, Container parent) {
        String[] parts = link.split(":", 2);
        String alias = parts[parts.length - 1];
        return store.find(parts[0])
                .map(Optional::of)
                .onFailure(error -> Fault.of(error).kind() == Fault.Kind.NOT_FOUND)
                .recoverWithItem(Optional.empty())
                .map(found -> found.map(
                        child -> LegacyLink.of(alias.substring(alias.lastIndexOf('/') + 1), child, parent.name())));
    }

    private static String pidNamespace(Container container) {
        if (container.lifecycle() instanceof Lifecycle.Live live) {
            return "/proc/" + live.pid() + "/ns/pid";
        }
        throw Fault.conflict("cannot join PID namespace of a non running container: " + container.id());
    }

    private Uni<Optional<Container>> named(String mode) {
        return mode.startsWith(CONTAINER)
                ? store.find(mode.substring(CONTAINER.length())).map(Optional::of)
                : Uni.createFrom().item(Optional.empty());
    }

    /** The mounts of all containers in {@code volumesFrom}, each {@code name[:mode]}. */
    Uni<List<PlannedMount>> inheritedMounts(HostConfig host) {
        return Multi.createFrom()
                .iterable(Absent.list(host.volumesFrom()))
                .onItem()
                .transformToUniAndConcatenate(this::mountsOf)
                .onItem()
                .<PlannedMount>disjoint()
                .collect()
                .asList();
    }

    private Uni<List<PlannedMount>> mountsOf(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String mode = colon < 0 ? "" : text.substring(colon + 1);
        MountMapping.checkMode(mode);
        return required(store.find(name))
                .map(container -> MountMapping.inherited(container.definition().mounts(), mode));
    }
}
