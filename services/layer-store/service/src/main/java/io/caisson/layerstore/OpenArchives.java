package io.caisson.layerstore;

import io.caisson.bus.stream.StreamServer;
import io.caisson.bus.upkeep.Mended;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import io.caisson.kernel.Offload;
import io.caisson.layerstore.api.ArchiveListing;
import io.caisson.layerstore.api.OpenedArchive;
import io.caisson.layerstore.archive.ArchivedFile;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.files.Trash;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The archives that are being received or taken apart; those that nobody asks about any more are forgotten. */
@ApplicationScoped
class OpenArchives {
    private final Map<String, InboundArchive> open = new ConcurrentHashMap<>();
    private final StreamServer streams;
    private final LayerFolders folders;
    private final Trash trash;
    private final Offload offload = new Offload("archive", 4);

    OpenArchives(StreamServer streams, LayerFolders folders, Trash trash) {
        this.streams = streams;
        this.folders = folders;
        this.trash = trash;
    }

    Uni<OpenedArchive> open(boolean whole) {
        return offload.call(() -> opened(whole));
    }

    private OpenedArchive opened(boolean whole) throws IOException {
        var archive = new InboundArchive(folders.temporary("archive"), whole);
        String id = Ids.hex(32);
        open.put(id, archive);
        return new OpenedArchive(id, streams.offer((in, _) -> archive.receive(in)));
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

    /** Does {@code work} with a file of an archive, once all of the archive has come. */
    <T> Uni<T> file(String id, String path, Function<ArchivedFile, Uni<T>> work) {
        return get(id).file(path, work);
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

    /**
     * Removes the archives that nobody has used for {@code patience}: whoever opened one closes it, unless it was killed
     * before.
     */
    Uni<Done> sweep(Duration patience) {
        List<String> idle = open.entrySet().stream()
                .filter(archive -> archive.getValue().isIdle(patience))
                .map(Map.Entry::getKey)
                .toList();
        return Multi.createFrom()
                .iterable(idle)
                .onItem()
                .transformToUniAndConcatenate(this::giveUp)
                .collect()
                .last()
                .replaceWith(Done.DONE);
    }

    private Uni<Done> giveUp(String id) {
        Mended.note("layer-store", "abandoned archive", id);
        return close(id);
    }
}
