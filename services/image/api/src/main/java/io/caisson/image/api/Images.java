package io.caisson.image.api;

import io.caisson.bus.Port;
import io.caisson.bus.Unbounded;
import io.caisson.bus.stream.StreamTarget;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Owns references, manifests and configs.
 *
 * <p>An image's id is the digest of its config. A name is written only when all it points at is on the node.
 */
@Port("image")
public interface Images {
    /**
     * Pulls an image, reporting as it goes; ends with {@link PullProgress.Pulled}. Faults carry Docker's texts: NOT_FOUND
     * {@code manifest for x not found: manifest unknown: manifest unknown}, or {@code pull access denied for x, …};
     * UNAVAILABLE when the registry does not answer. Cancelling stops the downloads.
     */
    Multi<PullProgress> pull(PullImage command);

    /** By name, id, id prefix or digest; NOT_FOUND {@code No such image: x:tag}. */
    Uni<ImageDetail> inspect(FindImage query);

    Uni<ImageList> list(ListImages query);

    Uni<ImageHistory> history(FindImage query);

    /** Adds a name to an image; a name that pointed elsewhere moves. */
    Uni<ImageDetail> tag(TagImage command);

    /** Takes away a name, and with the last name the image. CONFLICT as Docker when it is in use. */
    Uni<ImageRemoval> remove(RemoveImage command);

    /** Where to send an archive of images (docker-archive or OCI layout), to be followed by {@link #load}. */
    Uni<ArchiveUpload> openLoad(OpenLoad command);

    /** Takes in the images of an archive that was opened, reporting each name. */
    Multi<LoadProgress> load(LoadImages command);

    /** Makes an image of a root file system archive that was opened for import. */
    @Unbounded
    Uni<ImageDetail> importRootfs(ImportImage command);

    /** Where to read an archive of images, both as OCI layout and as docker-archive. */
    Uni<StreamTarget> save(SaveImages command);

    /**
     * Pushes an image, or all tags of a repository, reporting as it goes; each tag ends with {@link PushProgress.Tagged}.
     * Faults carry Docker's texts: NOT_FOUND {@code An image does not exist locally with the tag: x}, UNAUTHORIZED, FORBIDDEN,
     * UNAVAILABLE. Cancelling stops the uploads.
     */
    Multi<PushProgress> push(PushImage command);

    /** Asks a registry whether it lets these credentials in; UNAUTHORIZED when it does not. */
    Uni<LoginResult> login(RegistryLogin command);

    /** Deletes images that nobody uses: those without a tag, or all. */
    @Unbounded
    Uni<PrunedImages> prune(PruneImages command);

    /** Makes an image of another one and a container's changes. NOT_FOUND when that other image is gone. */
    @Unbounded
    Uni<ImageDetail> commit(CommitImage command);
}
