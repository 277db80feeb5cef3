package io.caisson.network.api;

import io.caisson.bus.Port;
import io.caisson.bus.Unbounded;
import io.caisson.kernel.Done;
import io.smallrye.mutiny.Uni;

/**
 * Owns networks, endpoints and addresses. It needs no root: it answers with plans.
 *
 * <p>A container is attached when it starts and detached when it has ended; both are idempotent for the same container.
 */
@Port("network")
public interface Networks {
    /**
     * Allocates what a starting container needs: addresses, names and host ports.
     *
     * @return the plan for the executor, and what {@code inspect} shows of it
     *     <p>Fails with NOT_FOUND ({@code network x not found}), CONFLICT ({@code Address already in use}), or INTERNAL
     *     with Docker's text when a host port is taken; nothing stays allocated then.
     */
    @Unbounded
    Uni<Attachment> attach(AttachContainer command);

    /** Gives back everything {@link #attach} allocated; done already is fine. */
    Uni<Done> detach(DetachContainer command);

    Uni<NetworkList> list(ListNetworks query);

    /** By id, id prefix or name; NOT_FOUND {@code network x not found}. */
    Uni<NetworkDetail> inspect(FindNetwork query);

    /**
     * A new bridge network.
     *
     * <p>Fails with CONFLICT {@code network with name x already exists}, FORBIDDEN for predefined names and overlapping
     * pools, INVALID for pools that contradict themselves, UNSUPPORTED for IPv6 and drivers other than bridge.
     */
    Uni<NetworkDetail> create(CreateNetwork command);

    /** FORBIDDEN for predefined networks and while endpoints are active. */
    Uni<NetworkDetail> remove(FindNetwork command);

    /** Removes the networks that no running container is on; predefined ones stay. */
    Uni<PrunedNetworks> prune(PruneNetworks command);

    /**
     * Connects a running container to one more network, on its node and in the tables.
     *
     * @return the container's networks afterwards
     *     <p>Fails as {@link #attach} does, and with FORBIDDEN {@code endpoint with name x already exists in network y}.
     */
    @Unbounded
    Uni<Attachment> connect(ConnectContainer command);

    /** Takes a running container off a network; the container's networks afterwards. */
    @Unbounded
    Uni<Attachment> disconnect(DisconnectContainer command);

    /** Makes a container known by another name; nothing to do where it is on no network. */
    Uni<Done> rename(RenameEndpoints command);

    /** The names on all user-defined networks of a node, for an executor that has just started. */
    Uni<NameTables> names(ListNames query);
}
