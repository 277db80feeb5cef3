package io.caisson.container;

import io.caisson.container.api.CommitContainer;
import io.caisson.container.api.CommittedContainer;
import io.caisson.container.api.ContainerConfig;
import io.caisson.container.config.CommitConfig;
import io.caisson.container.model.Absent;
import io.caisson.container.model.Container;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.store.ContainerStore;
import io.caisson.image.api.CommitImage;
import io.caisson.image.api.ImageDetail;
import io.caisson.kernel.Fault;
import io.caisson.oci.Digest;
import io.caisson.oci.Reference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** {@code docker commit}: an image of what a container has changed, which stands still meanwhile. */
@ApplicationScoped
class CommitSequence {
    private final ContainerStore store;
    private final PauseSequence pause;
    private final FilesSequence files;
    private final Peers peers;

    CommitSequence(ContainerStore store, PauseSequence pause, FilesSequence files, Peers peers) {
        this.store = store;
        this.pause = pause;
        this.files = files;
        this.peers = peers;
    }

    Uni<CommittedContainer> commit(CommitContainer command) {
        return store.find(command.nameOrId())
                .chain(container -> paused(container, command.pause(), image(container, command))
                        .call(image -> tell(container, command, image))
                        .map(image -> new CommittedContainer(image.id())));
    }

    private <T> Uni<T> paused(Container container, boolean wanted, Uni<T> work) {
        if (!wanted || !(container.lifecycle() instanceof Lifecycle.Running)) {
            return work;
        }
        String id = container.id().value();
        return pause.pause(id)
                .map(_ -> true)
                .onFailure(CommitSequence::isConflict)
                .recoverWithItem(false) // it has ended meanwhile, or somebody else was faster
                .chain(frozen -> frozen
                        ? work.eventually(() -> pause.unpause(id).onFailure().recoverWithNull())
                        : work);
    }

    private static boolean isConflict(Throwable error) {
        return Fault.of(error).kind() == Fault.Kind.CONFLICT;
    }

    private Uni<ImageDetail> image(Container container, CommitContainer command) {
        var definition = container.definition();
        ContainerConfig asked = command.config();
        return files.layer(container).chain(changes -> peers.images()
                .commit(new CommitImage(
                        definition.node(),
                        Digest.parse(definition.imageId()),
                        changes,
                        CommitConfig.of(asked, definition.config()),
                        command.changes(),
                        String.join(" ", Absent.list(definition.config().cmd())),
                        command.author(),
                        command.comment(),
                        command.target())));
    }

    private Uni<Void> tell(Container container, CommitContainer command, ImageDetail image) {
        Reference target = command.target();
        return store.tell(ContainerEvents.of(
                container,
                "commit",
                Map.of(
                        "comment", command.comment(),
                        "imageID", image.id().toString(),
                        "imageRef",
                                target == null ? "" : target.withDefaultTag().familiar())));
    }
}
