package io.caisson.network.store;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Queries for endpoints, oldest first. */
public final class EndpointRows {
    private EndpointRows() {}

    public static Uni<List<EndpointRow>> all(Mutiny.Session session) {
        return session.createQuery("from EndpointRow order by created, id", EndpointRow.class)
                .getResultList();
    }

    public static Uni<List<EndpointRow>> of(Mutiny.Session session, String containerId) {
        return session.createQuery(
                        "from EndpointRow where containerId = :container order by created, id", EndpointRow.class)
                .setParameter("container", containerId)
                .getResultList();
    }

    public static Uni<List<EndpointRow>> on(Mutiny.Session session, String networkId) {
        return session.createQuery(
                        "from EndpointRow where networkId = :network order by created, id", EndpointRow.class)
                .setParameter("network", networkId)
                .getResultList();
    }

    /** Who is on a network, in no useful order. */
    public static Uni<List<EndpointAddress>> addresses(Mutiny.Session session, String networkId) {
        return session.createQuery(
                        "select containerId, address from EndpointRow where networkId = :network",
                        EndpointAddress.class)
                .setParameter("network", networkId)
                .getResultList();
    }

    /** A container's endpoint on a network, which must be there. */
    public static Uni<EndpointRow> of(Mutiny.Session session, String containerId, String networkId) {
        return session.createQuery(
                        "from EndpointRow where containerId = :container and networkId = :network", EndpointRow.class)
                .setParameter("container", containerId)
                .setParameter("network", networkId)
                .getSingleResult();
    }

    public static Uni<List<EndpointRow>> onAny(Mutiny.Session session, Collection<String> networkIds) {
        return networkIds.isEmpty()
                ? Uni.createFrom().item(List.of())
                : session.createQuery(
                                "from EndpointRow where networkId in :networks order by created, id", EndpointRow.class)
                        .setParameter("networks", networkIds)
                        .getResultList();
    }
}
