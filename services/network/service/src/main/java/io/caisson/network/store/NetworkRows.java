package io.caisson.network.store;

import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.hibernate.reactive.mutiny.Mutiny;

/** Queries for networks; those on their way out are there for nobody but {@link #leftovers}. */
public final class NetworkRows {
    private static final String NAMED =
            "from NetworkRow where not removing and (id = :text or name = :text or id like :prefix)";

    private NetworkRows() {}

    public static Uni<List<NetworkRow>> all(Mutiny.Session session) {
        return session.createQuery("from NetworkRow where not removing order by created, id", NetworkRow.class)
                .getResultList();
    }

    /** Networks whose removal was interrupted. */
    public static Uni<List<NetworkRow>> leftovers(Mutiny.Session session) {
        return session.createQuery("from NetworkRow where removing", NetworkRow.class)
                .getResultList();
    }

    /** By full id, name, or unambiguous id prefix; NOT_FOUND otherwise. */
    public static Uni<NetworkRow> find(Mutiny.Session session, String nameOrId) {
        return session.createQuery(NAMED, NetworkRow.class)
                .setParameter("text", nameOrId)
                .setParameter("prefix", prefixOf(nameOrId))
                .getResultList()
                .map(rows -> pick(rows, nameOrId));
    }

    /** The same, and nobody else allocates addresses on it until the transaction ends. */
    public static Uni<NetworkRow> lock(Mutiny.Session session, String nameOrId) {
        return session.createQuery(NAMED, NetworkRow.class)
                .setParameter("text", nameOrId)
                .setParameter("prefix", prefixOf(nameOrId))
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .map(rows -> pick(rows, nameOrId));
    }

    /** Locks several, always in the same order, so that no two wait for each other; in the order of the names. */
    public static Uni<List<NetworkRow>> lockAll(Mutiny.Session session, Collection<String> namesOrIds) {
        if (namesOrIds.size() == 1) {
            return lock(session, namesOrIds.iterator().next()).map(List::of);
        }
        return idsOf(session, namesOrIds).chain(ids -> session.createQuery(
                        "from NetworkRow where id in :ids and not removing order by id", NetworkRow.class)
                .setParameter("ids", ids)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .map(rows -> inOrder(rows, ids)));
    }

    /** Ids only: a row that is read before it is locked would stay as it was. */
    private static Uni<List<String>> idsOf(Mutiny.Session session, Collection<String> namesOrIds) {
        return Multi.createFrom()
                .iterable(namesOrIds)
                .onItem()
                .transformToUniAndConcatenate(text -> session.createQuery("select id, name " + NAMED, NetworkName.class)
                        .setParameter("text", text)
                        .setParameter("prefix", prefixOf(text))
                        .getResultList()
                        .map(names -> NetworkName.pick(names, text).id()))
                .select()
                .distinct()
                .collect()
                .asList();
    }

    private static List<NetworkRow> inOrder(List<NetworkRow> rows, List<String> ids) {
        return ids.stream()
                .map(id -> rows.stream()
                        .filter(row -> row.id.equals(id))
                        .findFirst()
                        .orElseThrow(() -> Fault.notFound("network " + id + " not found")))
                .toList();
    }

    private static String prefixOf(String text) {
        return text.matches("[0-9a-fA-F]+") ? text.toLowerCase(Locale.ROOT) + "%" : "";
    }

    private static NetworkRow pick(List<NetworkRow> rows, String nameOrId) {
        var names = rows.stream().map(row -> new NetworkName(row.id, row.name)).toList();
        return rows.get(names.indexOf(NetworkName.pick(names, nameOrId)));
    }

    /** Until the transaction ends nobody else makes networks, so that names and subnets can be compared. */
    public static Uni<List<NetworkRow>> allForCreate(Mutiny.Session session) {
        return session.createNativeQuery("lock table network.network in share row exclusive mode")
                .executeUpdate()
                .chain(() -> session.createQuery("from NetworkRow order by created, id", NetworkRow.class)
                        .getResultList());
    }

    /** The tables of names of these networks are about to change. */
    public static Uni<Integer> renewNames(Mutiny.Session session, Collection<String> ids) {
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUniAndConcatenate(id -> session.createMutationQuery(
                                "update NetworkRow set namesVersion = namesVersion + 1 where id = :id")
                        .setParameter("id", id)
                        .executeUpdate())
                .collect()
                .with(java.util.stream.Collectors.summingInt(Integer::intValue));
    }

    public static Uni<List<NetworkRow>> byIds(Mutiny.Session session, Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : session.createQuery("from NetworkRow where id in :ids", NetworkRow.class)
                        .setParameter("ids", ids)
                        .getResultList();
    }
}
