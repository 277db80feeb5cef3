package io.caisson.layerstore.store;

import io.caisson.kernel.Fault;
import io.caisson.metadata.Statements;
import io.smallrye.mutiny.Uni;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Makes and removes rows of snapshots, each in one statement. */
public final class SnapshotWrites {
    /** Holds the layers against removal while it writes, and writes nothing when one has gone. */
    private static final String INSERT = """
            insert into layer_store.snapshot (node, name, layers, link, created)
            select $1, $2, jsonb_build_object('diffIds', to_jsonb($3::text[])), $4, $5
            where (select count(*) from (select 1 from layer_store.layer where id = any ($6::bigint[]) for share) l) = $7
            returning 1""";

    private static final String DELETE =
            "delete from layer_store.snapshot where node = $1 and name = $2 returning link";

    private SnapshotWrites() {}

    /** CONFLICT when there is such a snapshot, NOT_FOUND when one of its layers has gone. */
    public static Uni<Void> insert(Statements statements, SnapshotRow row, Collection<LayerRow> layers) {
        Long[] ids = layers.stream().map(layer -> layer.id).toArray(Long[]::new);
        return statements
                .run(
                        INSERT,
                        List.of(
                                row.node,
                                row.name,
                                row.layers.diffIds().toArray(String[]::new),
                                row.link,
                                row.created.atOffset(ZoneOffset.UTC),
                                ids,
                                (long) ids.length))
                .map(written -> {
                    if (written.size() == 0) {
                        throw Fault.notFound("a layer does not exist any more");
                    }
                    return written;
                })
                .replaceWithVoid();
    }

    /** The link of the row that was deleted; empty when there was none. */
    public static Uni<Optional<String>> delete(Statements statements, String node, String name) {
        return statements.run(DELETE, List.of(node, name)).map(rows -> {
            var deleted = rows.iterator();
            return deleted.hasNext() ? Optional.of(deleted.next().getString(0)) : Optional.empty();
        });
    }
}
