package io.caisson.image;

import io.caisson.bus.Ports;
import io.caisson.bus.stream.StreamTarget;
import io.caisson.image.api.ArchiveUpload;
import io.caisson.image.api.CommitImage;
import io.caisson.image.api.FindImage;
import io.caisson.image.api.ImageDetail;
import io.caisson.image.api.ImageHistory;
import io.caisson.image.api.ImageList;
import io.caisson.image.api.ImageRemoval;
import io.caisson.image.api.Images;
import io.caisson.image.api.ImportImage;
import io.caisson.image.api.ListImages;
import io.caisson.image.api.LoadImages;
import io.caisson.image.api.LoadProgress;
import io.caisson.image.api.LoginResult;
import io.caisson.image.api.OpenLoad;
import io.caisson.image.api.PruneImages;
import io.caisson.image.api.PrunedImages;
import io.caisson.image.api.PullImage;
import io.caisson.image.api.PullProgress;
import io.caisson.image.api.PushImage;
import io.caisson.image.api.PushProgress;
import io.caisson.image.api.RegistryLogin;
import io.caisson.image.api.RemoveImage;
import io.caisson.image.api.SaveImages;
import io.caisson.image.api.TagImage;
import io.caisson.image.registry.Logins;
import io.caisson.image.store.StoredImage;
import io.caisson.kernel.Fault;
import io.caisson.metadata.Transactions;
import io.caisson.oci.Platform;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The port {@link Images}, each command handed to its flow. */
@ApplicationScoped
class ImageService implements Images {
    private final Transactions transactions;
    private final ImageFinder finder;
    private final PullSequence pulls;
    private final ListSequence lists;
    private final TagSequence tags;
    private final RemoveSequence removals;
    private final LoadSequence loads;
    private final ImportSequence imports;
    private final SaveSequence saves;
    private final PushSequence pushes;
    private final PruneSequence prunes;
    private final Logins logins;
    private final CommitSequence commits;

    ImageService(
            Transactions transactions,
            ImageFinder finder,
            PullSequence pulls,
            ListSequence lists,
            TagSequence tags,
            RemoveSequence removals,
            LoadSequence loads,
            ImportSequence imports,
            SaveSequence saves,
            PushSequence pushes,
            PruneSequence prunes,
            Logins logins,
            CommitSequence commits) {
        this.transactions = transactions;
        this.finder = finder;
        this.pulls = pulls;
        this.lists = lists;
        this.tags = tags;
        this.removals = removals;
        this.loads = loads;
        this.imports = imports;
        this.saves = saves;
        this.pushes = pushes;
        this.prunes = prunes;
        this.logins = logins;
        this.commits = commits;
    }

    void start(@Observes StartupEvent event, Ports ports) {
        ports.serve(Images.class, this);
    }

    @Override
    public Multi<PullProgress> pull(PullImage command) {
        return pulls.pull(command);
    }

    @Override
    public Uni<ImageDetail> inspect(FindImage query) {
        return found(query).map(DetailMapping::detail).invoke(detail -> {
            Platform wanted = query.platform();
            if (wanted != null && !wanted.accepts(detail.config().platform())) {
                throw Fault.notFound("image with reference " + query.nameOrId()
                        + " was found but does not provide the specified platform (" + wanted + ")");
            }
        });
    }

    @Override
    public Uni<ImageList> list(ListImages query) {
        return lists.list(query);
    }

    @Override
    public Uni<ImageHistory> history(FindImage query) {
        return found(query).map(HistoryPlanner::history);
    }

    @Override
    public Uni<ImageDetail> tag(TagImage command) {
        return tags.tag(command);
    }

    @Override
    public Uni<ImageRemoval> remove(RemoveImage command) {
        return removals.remove(command);
    }

    @Override
    public Uni<ArchiveUpload> openLoad(OpenLoad command) {
        return loads.open(command);
    }

    @Override
    public Multi<LoadProgress> load(LoadImages command) {
        return loads.load(command);
    }

    @Override
    public Uni<ImageDetail> importRootfs(ImportImage command) {
        return imports.importRootfs(command);
    }

    @Override
    public Uni<StreamTarget> save(SaveImages command) {
        return saves.save(command);
    }

    @Override
    public Multi<PushProgress> push(PushImage command) {
        return pushes.push(command);
    }

    @Override
    public Uni<LoginResult> login(RegistryLogin command) {
        return logins.login(command.auth());
    }

    @Override
    public Uni<PrunedImages> prune(PruneImages command) {
        return prunes.prune(command);
    }

    @Override
    public Uni<ImageDetail> commit(CommitImage command) {
        return commits.commit(command);
    }

    private Uni<StoredImage> found(FindImage query) {
        return transactions
                .withStatelessSession(session -> finder.find(session, query.nameOrId()))
                .map(ImageFinder.Found::image);
    }
}
