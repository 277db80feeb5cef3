package io.caisson.image;

import io.caisson.bus.stream.StreamDial;
import io.caisson.bus.stream.StreamServer;
import io.caisson.bus.stream.StreamTarget;
import io.caisson.kernel.Done;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import io.caisson.kernel.Offload;
import io.caisson.layerstore.api.AdoptLayer;
import io.caisson.layerstore.api.ArchiveListing;
import io.caisson.layerstore.api.ArchiveRef;
import io.caisson.layerstore.api.DescribeLayers;
import io.caisson.layerstore.api.FetchLayer;
import io.caisson.layerstore.api.FindMissing;
import io.caisson.layerstore.api.LayerForm;
import io.caisson.layerstore.api.LayerForms;
import io.caisson.layerstore.api.LayerInfo;
import io.caisson.layerstore.api.LayerInfos;
import io.caisson.layerstore.api.LayerProgress;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.ListSnapshots;
import io.caisson.layerstore.api.MissingLayers;
import io.caisson.layerstore.api.OpenArchive;
import io.caisson.layerstore.api.OpenedArchive;
import io.caisson.layerstore.api.PrepareSnapshot;
import io.caisson.layerstore.api.RemoveLayers;
import io.caisson.layerstore.api.RemovedLayers;
import io.caisson.layerstore.api.SnapshotInfo;
import io.caisson.layerstore.api.SnapshotList;
import io.caisson.layerstore.api.SnapshotRef;
import io.caisson.layerstore.api.SnapshotUsage;
import io.caisson.layerstore.api.TakeLayer;
import io.caisson.layerstore.api.UploadLayer;
import io.caisson.layerstore.api.UploadProgress;
import io.caisson.layerstore.api.WriteArchive;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import io.caisson.oci.MediaTypes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A layer store that keeps layers in memory and remembers what it was asked. It downloads and verifies for real. */
final class RecordingLayerStore implements LayerStore {
    final ConcurrentLinkedQueue<FetchLayer> fetches = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<UploadLayer> uploads = new ConcurrentLinkedQueue<>();
    final ConcurrentHashMap<Digest, LayerInfo> layers = new ConcurrentHashMap<>();
    final ConcurrentHashMap<String, CompletableFuture<byte[]>> archives = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<String> cancelled = new ConcurrentLinkedQueue<>();
    /** While set, fetches say that they have begun, and go no further. */
    volatile boolean stuck;

    private final ConcurrentHashMap<Digest, byte[]> blobs = new ConcurrentHashMap<>();
    private final Offload blocking = new Offload("test-layers", 8);
    private final HttpClient http = HttpClient.newHttpClient();
    private final StreamServer streams;

    RecordingLayerStore(StreamServer streams) {
        this.streams = streams;
    }

    @Override
    public Uni<MissingLayers> missing(FindMissing query) {
        return Uni.createFrom()
                .item(new MissingLayers(query.diffIds().stream()
                        .distinct()
                        .filter(diffId -> !layers.containsKey(diffId))
                        .toList()));
    }

    @Override
    public Multi<LayerProgress> fetch(FetchLayer command) {
        fetches.add(command);
        LayerProgress begun = new LayerProgress.Downloading(0, command.blob().size());
        Multi<LayerProgress> rest = stuck
                ? Multi.createFrom().nothing()
                : blocking.call(() -> download(command)).toMulti();
        return Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item(begun), rest)
                .onCancellation()
                .invoke(() -> cancelled.add(command.diffId().toString()));
    }

    private LayerProgress download(FetchLayer command) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(command.source().urls().getFirst()));
        String authorization = command.source().authorization();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new Fault(Fault.Kind.UNAVAILABLE, "blob: " + response.statusCode());
        }
        byte[] blob = response.body();
        if (!Digest.sha256(blob).equals(command.blob().digest())) {
            throw Fault.invalid("filesystem layer verification failed for digest "
                    + command.blob().digest());
        }
        LayerInfo info = keep(blob, command.blob().mediaType());
        if (!info.diffId().equals(command.diffId())) {
            throw Fault.invalid("wrong diff id");
        }
        return new LayerProgress.Ready(info.diffId(), info.size());
    }

    private LayerInfo keep(byte[] blob, String mediaType) throws IOException {
        byte[] tar = plain(blob);
        Digest diffId = Digest.sha256(tar);
        var info = new LayerInfo(diffId, Descriptor.of(mediaType, Digest.sha256(blob), blob.length), unpackedSize(tar));
        blobs.put(diffId, blob);
        layers.put(diffId, info);
        return info;
    }

    private static byte[] plain(byte[] blob) throws IOException {
        boolean zipped = blob.length > 2 && (blob[0] & 0xff) == 0x1f && (blob[1] & 0xff) == 0x8b;
        return zipped ? new GZIPInputStream(new ByteArrayInputStream(blob)).readAllBytes() : blob;
    }

    private static long unpackedSize(byte[] tar) throws IOException {
        long size = 0;
        for (byte[] content : files(tar).values()) {
            size += content.length;
        }
        return size;
    }

    static Map<String, byte[]> files(byte[] tar) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (var in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            TarArchiveEntry entry;
            while ((entry = in.getNextEntry()) != null) {
                if (entry.isFile()) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return files;
    }

    @Override
    public Uni<OpenedArchive> openArchive(OpenArchive command) {
        String id = Ids.hex(16);
        var content = new CompletableFuture<byte[]>();
        archives.put(id, content);
        return Uni.createFrom()
                .item(new OpenedArchive(id, streams.offer((in, _) -> content.complete(plain(in.readAllBytes())))));
    }

    @Override
    public Uni<ArchiveListing> awaitArchive(ArchiveRef query) {
        return content(query.id()).map(RecordingLayerStore::listing);
    }

    private Uni<byte[]> content(String archive) {
        return Uni.createFrom().completionStage(() -> {
            var content = archives.get(archive);
            return content == null ? CompletableFuture.failedFuture(Fault.notFound("no such archive")) : content;
        });
    }

    private static ArchiveListing listing(byte[] tar) {
        try {
            Map<String, ArchiveListing.Entry> entries = new HashMap<>();
            files(tar)
                    .forEach((path, content) -> entries.put(
                            path,
                            new ArchiveListing.Entry(
                                    Digest.sha256(content),
                                    content.length,
                                    content.length > 0 && (content[0] == '{' || content[0] == '[')
                                            ? new String(content, StandardCharsets.UTF_8)
                                            : null)));
            return new ArchiveListing(entries);
        } catch (IOException e) {
            throw new Fault(Fault.Kind.INVALID, "not a tar", e);
        }
    }

    @Override
    public Uni<LayerInfo> adoptLayer(AdoptLayer command) {
        return content(command.archive()).map(tar -> adopt(command, tar));
    }

    private LayerInfo adopt(AdoptLayer command, byte[] tar) {
        try {
            byte[] content = command.path().isEmpty() ? tar : files(tar).get(command.path());
            if (content == null) {
                throw Fault.notFound(command.path());
            }
            LayerInfo info = keep(content, content == tar ? MediaTypes.OCI_LAYER : MediaTypes.OCI_LAYER_GZIP);
            if (command.expected() != null && !command.expected().equals(info.diffId())) {
                throw Fault.invalid("wrong diff id");
            }
            return info;
        } catch (IOException e) {
            throw new Fault(Fault.Kind.INVALID, "not a tar", e);
        }
    }

    @Override
    public Uni<Done> closeArchive(ArchiveRef command) {
        archives.remove(command.id());
        return Uni.createFrom().item(Done.DONE);
    }

    @Override
    public Uni<StreamTarget> writeArchive(WriteArchive command) {
        return Uni.createFrom().item(streams.offer((_, out) -> write(command, out)));
    }

    private void write(WriteArchive command, OutputStream out) throws IOException {
        var tar = new TarArchiveOutputStream(out);
        for (WriteArchive.Entry entry : command.entries()) {
            switch (entry) {
                case WriteArchive.Entry.Inline inline ->
                    put(tar, inline.path(), inline.text().getBytes(StandardCharsets.UTF_8));
                case WriteArchive.Entry.Blob blob -> put(tar, blob.path(), blobs.get(blob.diffId()));
            }
        }
        tar.finish();
        tar.flush();
    }

    private static void put(TarArchiveOutputStream tar, String path, byte[] content) throws IOException {
        var entry = new TarArchiveEntry(path);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    @Override
    public Uni<LayerInfos> describe(DescribeLayers query) {
        List<LayerInfo> infos =
                query.diffIds().stream().map(layers::get).filter(i -> i != null).toList();
        return infos.size() == query.diffIds().size()
                ? Uni.createFrom().item(new LayerInfos(infos))
                : Uni.createFrom().failure(Fault.notFound("no such layer"));
    }

    @Override
    public Uni<RemovedLayers> removeLayers(RemoveLayers command) {
        List<Digest> removed = command.diffIds().stream()
                .filter(diffId -> layers.remove(diffId) != null)
                .toList();
        return Uni.createFrom().item(new RemovedLayers(removed, 0));
    }

    @Override
    public Uni<SnapshotInfo> prepare(PrepareSnapshot command) {
        throw Fault.unsupported("no snapshots here");
    }

    @Override
    public Uni<SnapshotInfo> snapshot(SnapshotRef query) {
        throw Fault.unsupported("no snapshots here");
    }

    @Override
    public Uni<Done> removeSnapshot(SnapshotRef command) {
        throw Fault.unsupported("no snapshots here");
    }

    @Override
    public Uni<SnapshotUsage> usage(SnapshotRef query) {
        throw Fault.unsupported("no snapshots here");
    }

    @Override
    public Uni<SnapshotList> snapshots(ListSnapshots query) {
        throw Fault.unsupported("no snapshots here");
    }

    @Override
    public Uni<LayerForms> forms(DescribeLayers query) {
        return describe(query)
                .map(infos -> new LayerForms(infos.layers().stream()
                        .map(info -> new LayerForm(info.diffId(), info.blob()))
                        .toList()));
    }

    @Override
    public Multi<UploadProgress> upload(UploadLayer command) {
        uploads.add(command);
        return blocking.call(() -> send(command)).toMulti();
    }

    private UploadProgress send(UploadLayer command) throws IOException, InterruptedException {
        LayerInfo info = layers.get(command.diffId());
        URI url = URI.create(command.target().url());
        var request = HttpRequest.newBuilder(url)
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(blobs.get(command.diffId())));
        String authorization = command.target().authorization();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        var response = http.send(request.build(), HttpResponse.BodyHandlers.discarding());
        if (response.statusCode() != 202) {
            throw new Fault(Fault.Kind.UNAVAILABLE, "upload: " + response.statusCode());
        }
        String location = response.headers().firstValue("Location").orElseThrow();
        return new UploadProgress.Sent(info.blob(), url.resolve(location).toString());
    }

    @Override
    public Uni<LayerInfo> takeLayer(TakeLayer command) {
        return blocking.call(() -> {
            try (var channel = StreamDial.open(command.source())) {
                return keep(Channels.newInputStream(channel).readAllBytes(), MediaTypes.DOCKER_LAYER);
            }
        });
    }
}
