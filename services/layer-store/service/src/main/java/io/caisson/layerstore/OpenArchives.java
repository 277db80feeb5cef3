package io.caisson.layerstore;

import io.caisson.bus.stream.StreamServer;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import io.caisson.kernel.Offload;
import io.caisson.layerstore.api.ArchiveListing;
import io.caisson.layerstore.api.OpenedArchive;
import io.caisson.layerstore.archive.ArchivedFile;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.files.Trash;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The archives that are being received or taken apart; those that nobody asks about any more are forgotten. */
@ApplicationScoped
class OpenArchives {
    private static final Logger LOG = Logger.getLogger(OpenArchives.class);
    private static final long SWEEP_MILLIS = 60_000;

    private final Map<String, InboundArchive> open = new ConcurrentHashMap<>();
    private final StreamServer streams;
    private final LayerFolders folders;
    private final Trash trash;
    private final Offload offload = new Offload("archive", 4);

    OpenArchives(StreamServer streams, LayerFolders folders, Trash trash, Vertx vertx) {
        this.streams = streams;
        this.folders = folders;
        this.trash = trash;
        long _ = vertx.setPeriodic(SWEEP_MILLIS, _ -> sweep());
    }

    Uni<OpenedArchive> open(boolean whole) {
        return offload.call(() -> folders.temporary("archive")).map(folder -> {
            String id = Ids.hex(32);
            var archive = new InboundArchive(folder, whole);
            open.put(id, archive);
            return new OpenedArchive(id, streams.offer((in, _) -> archive.receive(in)));
        });
    }

    Uni<ArchiveListing> listing(String id) {
        return get(id).received().map(OpenArchives::listing);
    }

    private static ArchiveListing listing(Map<String, ArchivedFile> files) {
        return new ArchiveListing(
                files.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, file -> entry(file.getValue()))));
    }

    private static ArchiveListing.Entry entry(ArchivedFile file) {
        return new ArchiveListing.Entry(file.digest(), file.size(), file.text());
    }

    Uni<ArchivedFile> file(String id, String path) {
        return get(id).received().map(files -> {
            ArchivedFile file = files.get(path);
            if (file == null) {
                throw Fault.notFound("no such file in the archive: " + path);
            }
            return file;
        });
    }

    Uni<Done> close(String id) {
        InboundArchive archive = open.remove(id);
        return archive == null ? Uni.createFrom().item(Done.DONE) : offload.run(() -> close(archive));
    }

    private void close(InboundArchive archive) throws IOException {
        archive.cut();
        Path folder = archive.folder();
        trash.discard(folder);
    }

    private InboundArchive get(String id) {
        InboundArchive archive = open.get(id);
        if (archive == null) {
            throw Fault.notFound("no such archive: " + id);
        }
        return archive;
    }

    private void sweep() {
        open.forEach((id, archive) -> {
            if (archive.isAbandoned()) {
                LOG.infof("An archive that nobody asked for any more was removed");
                close(id).subscribe().with(_ -> {}, error -> LOG.warnf("cannot remove an archive: %s", error));
            }
        });
    }
}
