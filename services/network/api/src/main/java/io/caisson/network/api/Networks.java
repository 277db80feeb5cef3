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

    Uni<NetworkDetail> create(CreateNetwork command);

    /** FORBIDDEN for predefined networks and while endpoints are active. */
    Uni<NetworkDetail> remove(FindNetwork command);
}
