package io.caisson.container.store;

import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import io.caisson.metadata.Statements;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds out which container is meant and which version of it is the newest, without its documents. */
final class ContainerLookup {
    private static final String FIND = "select id, version, name from container.container"
            + " where id = $1 or name = $1 or id like $2 order by id limit 100";
    private static final String HOLDER = "select id, version, name from container.container where name = $1";

    private static final String NEWEST_FIRST = " order by created desc, id";

    /** Ids and versions of all, newest first. */
    static final String ALL = "select id, version from container.container" + NEWEST_FIRST;

    /** The same of those that run or are about to again. */
    static final String RUNNING = "select id, version from container.container"
            + " where status in ('running', 'paused', 'restarting')" + NEWEST_FIRST;

    /** The same of a node's. */
    static final String OF_NODE = "select id, version from container.container where node = $1" + NEWEST_FIRST;

    /** Of a node's, those that are under way: they run, begin, end, or are to go when they have ended. */
    static final String UNSETTLED = "select id, version from container.container where node = $1"
            + " and (starting or status not in ('created', 'exited') or host_config @> '{\"autoRemove\": true}')"
            + NEWEST_FIRST;

    static final String IDS = "select id from container.container";

    /** Those that run, begin, or are about to again. */
    static final String ACTIVE_IDS = IDS + " where starting or status in ('running', 'paused', 'restarting')";

    static final String NODES = "select distinct node from container.container";

    /** Those that have a volume; the first condition is that of the index. */
    static final String USERS = IDS + " where mounts <> '{\"mounts\": []}'"
            + " and mounts @> jsonb_build_object('mounts', jsonb_build_array(jsonb_build_object('name', $1::text)))";

    private ContainerLookup() {}

    /** A container that there is. */
    record Found(String id, long version, String name) {
        static Found of(Row row) {
            return new Found(row.getString(0), row.getLong(1), row.getString(2));
        }
    }

    static Uni<Optional<ContainerId>> holder(Statements statements, String name) {
        return statements.run(HOLDER, List.of(name)).map(rows -> found(rows).stream()
                .map(found -> new ContainerId(found.id()))
                .findFirst());
    }

    static Uni<Found> find(Statements statements, String nameOrId) {
        String text = nameOrId.startsWith("/") ? nameOrId.substring(1) : nameOrId;
        return statements.run(FIND, List.of(text, prefixOf(text))).map(rows -> pick(found(rows), text, nameOrId));
    }

    private static List<Found> found(RowSet<Row> rows) {
        List<Found> list = new ArrayList<>();
        rows.forEach(row -> list.add(Found.of(row)));
        return list;
    }

    private static String prefixOf(String text) {
        return text.matches("[0-9a-fA-F]{1,64}") ? text.toLowerCase(Locale.ROOT) + "%" : "";
    }

    private static Found pick(List<Found> found, String text, String asked) {
        return found.stream()
                .filter(container -> container.id().equals(text))
                .findFirst()
                .or(() -> found.stream()
                        .filter(container -> container.name().equals(text))
                        .findFirst())
                .orElseGet(() -> only(found, asked));
    }

    private static Found only(List<Found> found, String asked) {
        if (found.isEmpty()) {
            throw Fault.notFound("No such container: " + asked);
        }
        if (found.size() > 1) {
            throw Fault.invalid("multiple IDs found with provided prefix: " + asked);
        }
        return found.getFirst();
    }
}
