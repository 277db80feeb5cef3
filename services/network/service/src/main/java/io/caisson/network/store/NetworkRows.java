package io.caisson.network.store;

import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Locale;
import org.hibernate.reactive.mutiny.Mutiny;

/** Queries for networks and endpoints. */
public final class NetworkRows {
    private NetworkRows() {}

    public static Uni<List<NetworkRow>> all(Mutiny.Session session) {
        return session.createQuery("from NetworkRow order by created, id", NetworkRow.class)
                .getResultList();
    }

    /** By full id, name, or unambiguous id prefix; NOT_FOUND otherwise. */
    public static Uni<NetworkRow> find(Mutiny.Session session, String nameOrId) {
        return session.createQuery(
                        "from NetworkRow where id = :text or name = :text or id like :prefix", NetworkRow.class)
                .setParameter("text", nameOrId)
                .setParameter("prefix", prefixOf(nameOrId))
                .getResultList()
                .map(rows -> pick(rows, nameOrId));
    }

    /** The same, and nobody else allocates addresses on it until the transaction ends. */
    public static Uni<NetworkRow> lock(Mutiny.Session session, String nameOrId) {
        return find(session, nameOrId).call(row -> session.lock(row, LockModeType.PESSIMISTIC_WRITE));
    }

    private static String prefixOf(String text) {
        return text.matches("[0-9a-fA-F]+") ? text.toLowerCase(Locale.ROOT) + "%" : "";
    }

    private static NetworkRow pick(List<NetworkRow> rows, String nameOrId) {
        return rows.stream()
                .filter(row -> row.id.equals(nameOrId))
                .findFirst()
                .or(() -> rows.stream().filter(row -> row.name.equals(nameOrId)).findFirst())
                .orElseGet(() -> only(rows, nameOrId));
    }

    private static NetworkRow only(List<NetworkRow> rows, String nameOrId) {
        if (rows.isEmpty()) {
            throw Fault.notFound("network " + nameOrId + " not found");
        }
        if (rows.size() > 1) {
            throw Fault.invalid(
                    "network " + nameOrId + " is ambiguous (" + rows.size() + " matches found on ID prefix)");
        }
        return rows.getFirst();
    }

    public static Uni<List<EndpointRow>> endpoints(Mutiny.Session session) {
        return session.createQuery("from EndpointRow order by created, id", EndpointRow.class)
                .getResultList();
    }

    public static Uni<List<EndpointRow>> endpointsOf(Mutiny.Session session, String containerId) {
        return session.createQuery(
                        "from EndpointRow where containerId = :container order by created, id", EndpointRow.class)
                .setParameter("container", containerId)
                .getResultList();
    }

    public static Uni<List<EndpointRow>> endpointsOn(Mutiny.Session session, String networkId) {
        return session.createQuery(
                        "from EndpointRow where networkId = :network order by created, id", EndpointRow.class)
                .setParameter("network", networkId)
                .getResultList();
    }
}
