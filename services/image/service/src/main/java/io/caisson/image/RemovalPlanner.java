package io.caisson.image;

import io.caisson.image.api.RemoveImage;
import io.caisson.image.store.ImageName;
import io.caisson.image.store.StoredImage;
import io.caisson.kernel.Fault;
import io.caisson.oci.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What removing an image takes away, by Docker's rules: a name that is one of several is only taken away; with the last one
 * the image goes too, unless a container uses it. Pure.
 */
final class RemovalPlanner {
    private static final int SHORT = 12;

    private final StoredImage image;
    private final boolean force;
    private final Optional<String> running;
    private final Optional<String> stopped;

    private RemovalPlanner(StoredImage image, RemoveImage command) {
        this.image = image;
        this.force = command.force();
        this.running = user(command.usedByRunning());
        this.stopped = user(command.usedByStopped());
    }

    /** @param untag in order; {@code delete} the image as well */
    record Plan(List<ImageName> untag, boolean delete) {
        Plan {
            untag = List.copyOf(untag);
        }
    }

    /** @param name what it was found by; null for its id. CONFLICT when it may not be removed. */
    static Plan plan(StoredImage image, @Nullable ImageName name, RemoveImage command) {
        var planner = new RemovalPlanner(image, command);
        return name == null ? planner.byId() : planner.byName(name);
    }

    private Optional<String> user(List<RemoveImage.Use> uses) {
        return uses.stream()
                .filter(use -> use.imageId().equals(image.id().toString()))
                .map(use -> use.containerId()
                        .substring(0, Math.min(SHORT, use.containerId().length())))
                .findFirst();
    }

    private Plan byName(ImageName name) {
        Optional<String> user = running.or(() -> stopped);
        if (!force && user.isPresent() && isSingle(image.names())) {
            throw Fault.conflict("conflict: unable to remove repository reference \"" + name.familiar()
                    + "\" (must force) - container " + user.get() + " is using its referenced image "
                    + image.id().shortHex());
        }
        List<ImageName> untag = new ArrayList<>(List.of(name));
        List<ImageName> left = new ArrayList<>(image.names());
        left.remove(name);
        if (!name.isDigest() && left.stream().noneMatch(other -> isTagOf(other, name.repository()))) {
            left.stream()
                    .filter(other -> other.repository().equals(name.repository()))
                    .forEach(untag::add);
            left.removeAll(untag);
        }
        // A container in the way keeps the image, without its name.
        boolean delete = left.isEmpty() && conflict(false).isEmpty();
        return new Plan(untag, delete);
    }

    private Plan byId() {
        boolean referenced = !isSingle(image.names());
        conflict(referenced).ifPresent(reason -> {
            throw reason;
        });
        return new Plan(image.names(), true);
    }

    private Optional<Fault> conflict(boolean referenced) {
        if (running.isPresent()) {
            return Optional.of(fault("cannot be forced", "image is being used by running container " + running.get()));
        }
        if (force) {
            return Optional.empty();
        }
        if (referenced) {
            return Optional.of(fault("must be forced", "image is referenced in multiple repositories"));
        }
        return stopped.map(
                container -> fault("must be forced", "image is being used by stopped container " + container));
    }

    private Fault fault(String how, String why) {
        return Fault.conflict("conflict: unable to delete " + image.id().shortHex() + " (" + how + ") - " + why);
    }

    private static boolean isTagOf(ImageName name, String repository) {
        return !name.isDigest() && name.repository().equals(repository);
    }

    /** At most one tag, and digests of no other repository. */
    private static boolean isSingle(List<ImageName> names) {
        Set<String> repositories = new HashSet<>();
        names.forEach(name -> repositories.add(name.repository()));
        long tags = names.stream().filter(name -> !name.isDigest()).count();
        return tags <= 1 && repositories.size() <= 1;
    }

    /** The chain id of each layer, base first (OCI image spec, config.md, "Layer ChainID"): what Docker reports as deleted. */
    static List<Digest> chainIds(List<Digest> diffIds) {
        List<Digest> chain = new ArrayList<>();
        for (Digest diffId : diffIds) {
            chain.add(
                    chain.isEmpty()
                            ? diffId
                            : Digest.sha256((chain.getLast() + " " + diffId)
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        }
        return chain;
    }
}
