package io.caisson.image;

import io.caisson.bus.Ports;
import io.caisson.bus.stream.StreamTarget;
import io.caisson.image.api.SaveImages;
import io.caisson.image.archive.SavePlanner;
import io.caisson.image.archive.SavedImage;
import io.caisson.image.document.ConfigMapping;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.ImageReads;
import io.caisson.image.store.StoredImage;
import io.caisson.image.store.StoredManifest;
import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.DescribeLayers;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.WriteArchive;
import io.caisson.metadata.EventLog;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Digest;
import io.caisson.oci.Platform;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Writes images into one archive; the layer store puts the bytes together. */
@ApplicationScoped
class SaveSequence {
    private final LayerStore layerStore;
    private final Transactions transactions;
    private final ImageFinder finder;
    private final ImageReads reads;
    private final EventLog events;

    SaveSequence(Ports ports, Transactions transactions, ImageFinder finder, ImageReads reads, EventLog events) {
        this.layerStore = ports.client(LayerStore.class);
        this.transactions = transactions;
        this.finder = finder;
        this.reads = reads;
        this.events = events;
    }

    /** An image, the names it was asked for by, and its manifest. */
    private record Chosen(StoredImage image, List<ImageName> names, Optional<StoredManifest> manifest) {}

    Uni<StreamTarget> save(SaveImages command) {
        return transactions
                .inStatelessTransaction(session -> choose(session, command)
                        .map(chosen -> merged(chosen, command.platform()))
                        .chain(chosen -> each(chosen, one -> withManifest(session, one)))
                        .call(chosen -> each(chosen, one -> tell(session, one.image()))))
                .chain(chosen -> each(chosen, one -> saved(command, one)))
                .map(SavePlanner::plan)
                .chain(entries -> layerStore.writeArchive(new WriteArchive(command.node(), entries)));
    }

    private Uni<List<List<Chosen>>> choose(Mutiny.StatelessSession session, SaveImages command) {
        return each(command.names(), name -> choose(session, command, name));
    }

    /** A repository without a tag means all its tags; a tag only itself; an id no name at all. */
    private Uni<List<Chosen>> choose(Mutiny.StatelessSession session, SaveImages command, String name) {
        return repositoryIn(name)
                .map(repository -> reads.inRepository(session, command.node(), repository)
                        .map(images -> tagged(images, repository)))
                .orElseGet(() -> Uni.createFrom().item(List.of()))
                .chain(all -> all.isEmpty()
                        ? finder.find(session, name, command.node()).map(found -> List.of(one(found)))
                        : Uni.createFrom().item(all));
    }

    private static Optional<String> repositoryIn(String name) {
        try {
            Reference reference = Reference.parse(name);
            return reference.tag() == null && reference.digest() == null
                    ? Optional.of(reference.repository())
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static List<Chosen> tagged(List<StoredImage> images, String repository) {
        List<Chosen> chosen = new ArrayList<>();
        for (StoredImage image : images) {
            List<ImageName> names = image.tags().stream()
                    .filter(name -> name.repository().equals(repository))
                    .toList();
            if (!names.isEmpty()) {
                chosen.add(new Chosen(image, names, Optional.empty()));
            }
        }
        return chosen;
    }

    private static Chosen one(ImageFinder.Found found) {
        ImageName name = found.name();
        return new Chosen(found.image(), name == null || name.isDigest() ? List.of() : List.of(name), Optional.empty());
    }

    private static List<Chosen> merged(
            List<List<Chosen>> groups, @org.jspecify.annotations.Nullable Platform platform) {
        Map<Digest, Chosen> merged = new LinkedHashMap<>();
        groups.stream()
                .flatMap(List::stream)
                .forEach(one -> merged.merge(one.image().id(), one, SaveSequence::both));
        for (Chosen one : merged.values()) {
            if (platform != null
                    && !platform.accepts(
                            ConfigMapping.read(one.image().config()).platform())) {
                throw Fault.notFound("no suitable export target found for platform " + platform + ": "
                        + one.image().id());
            }
        }
        return List.copyOf(merged.values());
    }

    private static Chosen both(Chosen one, Chosen other) {
        List<ImageName> names = new ArrayList<>(one.names());
        other.names().stream().filter(name -> !names.contains(name)).forEach(names::add);
        return new Chosen(one.image(), names, one.manifest());
    }

    private Uni<Chosen> withManifest(Mutiny.StatelessSession session, Chosen chosen) {
        Digest digest = chosen.image().manifest();
        return digest == null
                ? Uni.createFrom().item(chosen)
                : reads.manifest(session, digest).map(manifest -> new Chosen(chosen.image(), chosen.names(), manifest));
    }

    private Uni<Void> tell(Mutiny.StatelessSession session, StoredImage image) {
        String id = image.id().toString();
        return events.append(session, ImageEvents.event(image.node(), "save", id, id, image.config()));
    }

    private Uni<SavedImage> saved(SaveImages command, Chosen chosen) {
        return layerStore
                .describe(new DescribeLayers(command.node(), chosen.image().diffIds()))
                .map(infos -> new SavedImage(
                        chosen.image().config(),
                        infos.layers(),
                        chosen.names(),
                        chosen.manifest().orElse(null)));
    }

    private static <A, B> Uni<List<B>> each(List<A> items, java.util.function.Function<A, Uni<B>> work) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .asList();
    }
}
