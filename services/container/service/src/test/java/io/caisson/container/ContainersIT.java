package io.caisson.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.bus.Ports;
import io.caisson.container.api.ContainerDetail;
import io.caisson.container.api.ContainerState.Status;
import io.caisson.container.api.Containers;
import io.caisson.container.api.FindContainer;
import io.caisson.container.api.KillContainer;
import io.caisson.container.api.ListContainers;
import io.caisson.container.api.RemoveContainer;
import io.caisson.container.api.RenameContainer;
import io.caisson.container.api.StopContainer;
import io.caisson.container.api.WaitContainer;
import io.caisson.container.api.WaitContainer.Condition;
import io.caisson.container.api.WaitEvent;
import io.caisson.container.model.Container;
import io.caisson.container.state.Lifecycle;
import io.caisson.container.state.Outcome;
import io.caisson.container.store.Change;
import io.caisson.container.store.ContainerStore;
import io.caisson.executor.api.Executor;
import io.caisson.executor.api.TaskEvent;
import io.caisson.image.api.Images;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Fault;
import io.caisson.kernel.Ids;
import io.caisson.kernel.NodeId;
import io.caisson.layerstore.api.LayerStore;
import io.caisson.layerstore.api.Volumes;
import io.caisson.metadata.Event;
import io.caisson.metadata.EventFeed;
import io.caisson.metadata.EventQuery;
import io.caisson.metadata.Statements;
import io.caisson.network.api.Networks;
import io.caisson.testkit.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContainersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String BUSYBOX =
            "{\"image\":\"busybox\",\"cmd\":[\"sleep\",\"1\"],\"labels\":{\"who\":\"me\"}}";
    private static final String NOTHING = "{}";
    private static final String CHANGED_ELSEWHERE =
            "update container.container set error = 'from elsewhere', version = version + 1 where id = $1";
    private static final RecordingHost HOST = new RecordingHost();
    private static final RecordingPeers PEERS = new RecordingPeers();
    private static boolean served;

    @Inject
    Ports ports;

    @Inject
    ContainerStore store;

    @Inject
    EventFeed feed;

    @Inject
    Statements statements;

    private Containers containers;

    @BeforeEach
    void servePeers() {
        containers = ports.client(Containers.class);
        if (!served) {
            ports.serve(Executor.class, HOST.port(), new NodeId("local"));
            ports.serve(LayerStore.class, PEERS.layers(), new NodeId("local"));
            ports.serve(Volumes.class, PEERS.volumeStore(), new NodeId("local"));
            ports.serve(Images.class, PEERS.images());
            ports.serve(Networks.class, PEERS.networks());
            served = true;
        }
    }

    @Test
    void shouldBuildOnTheNewestVersionWhenSomebodyElseWroteIt() {
        // Given a container that this process knows, changed by another
        String name = name();
        ContainerId id = create(name, BUSYBOX, NOTHING);
        inspect(name);
        statements.run(CHANGED_ELSEWHERE, List.of(id.value())).await().atMost(PATIENCE);

        // When
        Container read = store.get(id).await().atMost(PATIENCE).orElseThrow();
        statements.run(CHANGED_ELSEWHERE, List.of(id.value())).await().atMost(PATIENCE);
        String other = name();
        store.change(id, container -> Change.of(container.named(other))).await().atMost(PATIENCE);

        // Then nothing was overwritten
        assertThat(read.lifecycle().shown().error()).isEqualTo("from elsewhere");
        ContainerDetail after = inspect(other);
        assertThat(after.state().error()).isEqualTo("from elsewhere");
        assertThat(after.config().env()).containsExactly("FROM_IMAGE=1");
    }

    @Test
    void shouldRefuseOnlyWhatTheNewestVersionRefuses() {
        // Given a step that cannot be taken from the version that is known
        ContainerId id = create(name(), BUSYBOX, NOTHING);
        statements.run(CHANGED_ELSEWHERE, List.of(id.value())).await().atMost(PATIENCE);

        // When
        var changed = store.change(id, container -> {
                    if (container.lifecycle().shown().error().isEmpty()) {
                        throw Fault.conflict("too early");
                    }
                    return Change.of(container);
                })
                .await()
                .atMost(PATIENCE);

        // Then
        assertThat(changed).isPresent();
    }

    @Test
    void shouldTellEverythingWhenAContainerRunsToItsEnd() {
        // Given
        String name = name();
        ContainerId id = create(name, BUSYBOX, NOTHING);
        assertThat(inspect(name).state().status()).isEqualTo(Status.CREATED);
        assertThat(PEERS.snapshots).contains(id.value());

        // When
        start(name);
        ContainerDetail running = inspect(name);
        HOST.exit(id, 3);
        await(() -> inspect(name).state().status() == Status.EXITED);

        // Then
        assertThat(running.state().pid()).isPositive();
        assertThat(running.endpoints()).hasSize(1);
        ContainerDetail ended = inspect(name);
        assertThat(ended.state().exitCode()).isEqualTo(3);
        assertThat(ended.state().finishedAt()).isAfterOrEqualTo(ended.state().startedAt());
        assertThat(ended.endpoints()).isEmpty();
        await(() -> HOST.task(id).isEmpty());
        assertThat(PEERS.attached).doesNotContainKey(id);
        assertThat(ended.path()).isEqualTo("sleep");
        assertThat(ended.config().env()).containsExactly("FROM_IMAGE=1");
        assertThat(actions(id)).containsExactly("create", "start", "die");
        assertThat(events(id).getLast().attributes())
                .containsEntry("exitCode", "3")
                .containsEntry("image", "busybox")
                .containsEntry("name", name)
                .containsEntry("who", "me")
                .containsEntry("origin", "image");
    }

    @Test
    void shouldFindByIdNameAndPrefixOnly() {
        String name = name();
        ContainerId id = create(name, BUSYBOX, NOTHING);

        assertThat(inspect(id.value()).id()).isEqualTo(id);
        assertThat(inspect("/" + name).id()).isEqualTo(id);
        assertThat(inspect(id.value().substring(0, 12)).id()).isEqualTo(id);
        assertFault(() -> inspect("nothing-like-it"), Fault.Kind.NOT_FOUND, "No such container: nothing-like-it");
    }

    @Test
    void shouldRefuseWhatCanNeverRunAndLeaveNothingBehind() {
        String name = name();
        ContainerId id = create(name, BUSYBOX, NOTHING);
        var snapshots = List.copyOf(PEERS.snapshots);

        assertFault(
                () -> create(name, BUSYBOX, NOTHING),
                Fault.Kind.CONFLICT,
                "Conflict. The container name \"/" + name + "\" is already in use by container \"" + id
                        + "\". You have to remove (or rename) that container to be able to reuse that name.");
        assertFault(
                () -> create("-x", BUSYBOX, NOTHING),
                Fault.Kind.INVALID,
                "Invalid container name (-x), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
        assertFault(
                () -> create(name(), "{\"image\":\"nope:1\"}", NOTHING), Fault.Kind.NOT_FOUND, "No such image: nope:1");
        assertFault(
                () -> create(
                        name(),
                        BUSYBOX,
                        "{\"mounts\":[{\"type\":\"bind\",\"source\":\"/no/such\",\"target\":\"/x\"}]}"),
                Fault.Kind.INVALID,
                "invalid mount config for type \"bind\": bind source path does not exist: /no/such");
        assertFault(
                () -> create(name(), BUSYBOX, "{\"nanoCpus\":3000000000}"),
                Fault.Kind.INVALID,
                "Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available");
        assertThat(PEERS.snapshots).containsExactlyInAnyOrderElementsOf(snapshots);
    }

    @Test
    void shouldGenerateNamesWhenNoneIsGiven() {
        ContainerId id = create(null, BUSYBOX, NOTHING);

        assertThat(inspect(id.value()).name()).matches("[a-z]+_[a-z]+\\d*");
    }

    @Test
    void shouldMakeAndRemoveAnonymousVolumesWithTheContainer() {
        String name = name();
        create(name, BUSYBOX, "{\"binds\":[\"named-" + name + ":/named\"]}");
        var mounts = inspect(name).mounts();

        containers.remove(new RemoveContainer(name, false, true, false)).await().atMost(PATIENCE);

        assertThat(mounts).extracting(m -> m.destination()).containsExactlyInAnyOrder("/named", "/data");
        String anonymous = mounts.stream()
                .filter(m -> m.destination().equals("/data"))
                .findFirst()
                .orElseThrow()
                .name();
        assertThat(PEERS.populated).contains(anonymous, "named-" + name);
        assertThat(PEERS.volumes).containsKey("named-" + name).doesNotContainKey(anonymous);
    }

    @Test
    void shouldStopWithItsSignalAndKillWhenThatIsNotEnough() {
        // Given
        String polite = name();
        ContainerId politeId = create(polite, BUSYBOX, NOTHING);
        String stubborn = name();
        ContainerId stubbornId = create(stubborn, BUSYBOX, NOTHING);
        HOST.stubborn.add(stubbornId);
        start(polite);
        start(stubborn);

        // When
        containers.stop(new StopContainer(polite, null, null)).await().atMost(PATIENCE);
        containers.stop(new StopContainer(stubborn, null, 0)).await().atMost(PATIENCE);

        // Then
        assertThat(inspect(polite).state().exitCode()).isEqualTo(143);
        assertThat(actions(politeId)).containsExactly("create", "start", "kill", "die", "stop");
        assertThat(inspect(stubborn).state().exitCode()).isEqualTo(137);
        assertThat(actions(stubbornId)).containsExactly("create", "start", "kill", "kill", "die", "stop");
        assertFault(
                () -> containers
                        .stop(new StopContainer(polite, null, null))
                        .await()
                        .atMost(PATIENCE),
                Fault.Kind.NOT_MODIFIED,
                "container already stopped");
    }

    @Test
    void shouldKeepTheReasonWhenTheCommandCannotBeRun() {
        // Given
        String name = name();
        ContainerId id = create(name, BUSYBOX, NOTHING);
        HOST.failing.put(id, Fault.invalid("exec: \"nosuch\": executable file not found in $PATH: unknown"));

        // When
        assertFault(
                () -> start(name), Fault.Kind.INVALID, "exec: \"nosuch\": executable file not found in $PATH: unknown");

        // Then
        var state = inspect(name).state();
        assertThat(state.status()).isEqualTo(Status.CREATED);
        assertThat(state.exitCode()).isEqualTo(127);
        assertThat(state.error()).contains("nosuch");
        assertThat(PEERS.attached).doesNotContainKey(id);
        start(name);
        assertThat(inspect(name).state().error()).isEmpty();
    }

    @Test
    void shouldAnswerNotModifiedWhenItRunsAlready() {
        String name = name();
        create(name, BUSYBOX, NOTHING);
        start(name);

        assertFault(() -> start(name), Fault.Kind.NOT_MODIFIED, "container already running");
    }

    @Test
    void shouldWakeAllWhoWaitWhenAnAutoRemovedContainerEnds() {
        // Given
        String name = name();
        ContainerId id = create(name, BUSYBOX, "{\"autoRemove\":true}");
        var next = waitFor(name, Condition.NEXT_EXIT);
        var removed = waitFor(name, Condition.REMOVED);
        assertThat(waitFor(name, Condition.NOT_RUNNING)
                        .awaitCompletion(PATIENCE)
                        .getItems())
                .containsExactly(new WaitEvent.Registered(), new WaitEvent.Ended(0, null));

        // When
        start(name);
        HOST.exit(id, 7);

        // Then
        assertThat(next.awaitCompletion(PATIENCE).getItems())
                .containsExactly(new WaitEvent.Registered(), new WaitEvent.Ended(7, null));
        assertThat(removed.awaitCompletion(PATIENCE).getItems())
                .containsExactly(new WaitEvent.Registered(), new WaitEvent.Ended(7, null));
        assertFault(() -> inspect(name), Fault.Kind.NOT_FOUND, "No such container: " + name);
        assertThat(PEERS.snapshots).doesNotContain(id.value());
        assertThat(actions(id)).containsExactly("create", "start", "die", "destroy");
    }

    @Test
    void shouldWakeWhoWaitsForRemovalWhenAnAutoRemovedContainerCannotStart() {
        String name = name();
        ContainerId id = create(name, BUSYBOX, "{\"autoRemove\":true}");
        HOST.failing.put(id, Fault.invalid("exec: permission denied"));
        var removed = waitFor(name, Condition.REMOVED);

        assertFault(() -> start(name), Fault.Kind.INVALID, "exec: permission denied");

        assertThat(removed.awaitCompletion(PATIENCE).getItems()).last().isEqualTo(new WaitEvent.Ended(126, null));
    }

    @Test
    void shouldRefuseToRemoveARunningContainerUnlessForced() {
        String name = name();
        ContainerId id = create(name, BUSYBOX, NOTHING);
        start(name);

        assertFault(
                () -> containers
                        .remove(new RemoveContainer(name, false, false, false))
                        .await()
                        .atMost(PATIENCE),
                Fault.Kind.CONFLICT,
                "cannot remove container \"/" + name
                        + "\": container is running: stop the container before removing or force remove");
        containers.remove(new RemoveContainer(name, true, false, false)).await().atMost(PATIENCE);

        assertThat(actions(id)).containsExactly("create", "start", "kill", "die", "destroy");
        assertThat(HOST.task(id)).isEmpty();
    }

    @Test
    void shouldStartAgainWhenThePolicySaysSoAndLeaveItWhenAUserStopsIt() {
        // Given
        String name = name();
        ContainerId id = create(name, BUSYBOX, "{\"restartPolicy\":{\"name\":\"always\"}}");
        start(name);

        // When it ends by itself, twice
        HOST.exit(id, 1);
        await(() -> runs(id) == 2 && inspect(name).state().status() == Status.RUNNING);
        HOST.exit(id, 0);
        await(() -> runs(id) == 3 && inspect(name).state().status() == Status.RUNNING);

        // Then
        assertThat(inspect(name).restartCount()).isEqualTo(2);
        containers.stop(new StopContainer(name, null, null)).await().atMost(PATIENCE);
        assertThat(inspect(name).state().status()).isEqualTo(Status.EXITED);
        assertThat(actions(id))
                .containsExactly("create", "start", "die", "start", "die", "start", "kill", "die", "stop");
    }

    @Test
    void shouldGiveUpWhenThePolicyHasTriedOftenEnough() {
        String name = name();
        ContainerId id = create(name, BUSYBOX, "{\"restartPolicy\":{\"name\":\"on-failure\",\"maximumRetryCount\":1}}");
        start(name);

        HOST.exit(id, 1);
        await(() -> runs(id) == 2 && inspect(name).state().status() == Status.RUNNING);
        HOST.exit(id, 1);

        await(() -> inspect(name).state().status() == Status.EXITED);
        assertThat(inspect(name).restartCount()).isEqualTo(1);
    }

    @Test
    void shouldKeepAnAutoRemovedContainerWhenItIsRestarted() {
        String name = name();
        ContainerId id = create(name, BUSYBOX, "{\"autoRemove\":true}");
        start(name);

        containers.restart(new StopContainer(name, null, null)).await().atMost(PATIENCE);

        assertThat(inspect(name).state().status()).isEqualTo(Status.RUNNING);
        assertThat(actions(id)).containsExactly("create", "start", "kill", "die", "stop", "start", "restart");
    }

    @Test
    void shouldSendSignalsByNameAndNumber() {
        String name = name();
        ContainerId id = create(name, BUSYBOX, NOTHING);
        assertFault(
                () -> kill(name, "HUP"),
                Fault.Kind.CONFLICT,
                "cannot kill container: " + name + ": container " + id + " is not running");
        start(name);

        kill(name, "SIGUSR1");
        kill(name, "1");
        assertFault(() -> kill(name, "NOPE"), Fault.Kind.INVALID, "invalid signal: NOPE");
        kill(name, null);

        assertThat(HOST.signals.stream().filter(s -> s.container().equals(id)).map(s -> s.signal()))
                .containsExactly(10, 1, 9);
        assertThat(inspect(name).state().exitCode()).isEqualTo(137);
    }

    @Test
    void shouldRenameUnlessTheNameIsTaken() {
        String name = name();
        String other = name();
        ContainerId id = create(name, BUSYBOX, NOTHING);
        ContainerId otherId = create(other, BUSYBOX, NOTHING);

        assertFault(
                () -> containers
                        .rename(new RenameContainer(name, other))
                        .await()
                        .atMost(PATIENCE),
                Fault.Kind.CONFLICT,
                ContainerStore.nameConflict(other, otherId).message());
        String fresh = name();
        containers.rename(new RenameContainer(name, fresh)).await().atMost(PATIENCE);

        assertThat(inspect(fresh).id()).isEqualTo(id);
        assertThat(events(id).getLast().attributes()).containsEntry("oldName", "/" + name);
    }

    @Test
    void shouldListByFiltersNewestFirst() {
        String name = name();
        ContainerId first = create(name + "-a", BUSYBOX, NOTHING);
        ContainerId second = create(name + "-b", BUSYBOX, NOTHING);
        start(name + "-a");

        assertThat(list(false, Map.of("name", List.of(name)))).containsExactly(first);
        assertThat(list(true, Map.of("name", List.of(name)))).containsExactly(second, first);
        assertThat(list(false, Map.of("name", List.of(name), "status", List.of("created"))))
                .containsExactly(second);
        assertThat(list(true, Map.of("since", List.of(name + "-a"), "name", List.of(name))))
                .containsExactly(second);
        assertThat(list(true, Map.of("ancestor", List.of("busybox:latest"), "name", List.of(name))))
                .containsExactly(second, first);
        assertThat(list(true, Map.of("label", List.of("who=you"), "name", List.of(name))))
                .isEmpty();
        assertFault(() -> list(true, Map.of("colour", List.of("red"))), Fault.Kind.INVALID, "invalid filter 'colour'");
    }

    @Test
    void shouldFindItsContainersAgainWhenTheWatchBreaks() {
        // Given a container that ends while nobody looks
        String name = name();
        ContainerId id = create(name, BUSYBOX, NOTHING);
        start(name);
        String going = name();
        create(going, BUSYBOX, NOTHING);
        start(going);

        // When
        HOST.breakWatches();
        HOST.exit(id, 5);

        // Then
        await(() -> inspect(name).state().status() == Status.EXITED);
        assertThat(inspect(name).state().exitCode()).isEqualTo(5);
        assertThat(inspect(going).state().status()).isEqualTo(Status.RUNNING);
        assertThat(runs(inspect(going).id())).isEqualTo(1);
    }

    @Test
    void shouldRecordAnEndWhenTheTaskIsGoneWithoutATrace() {
        String name = name();
        ContainerId id = create(name, BUSYBOX, NOTHING);
        start(name);

        HOST.put(id, new TaskEvent.Lost(id, Instant.now()));

        await(() -> inspect(name).state().status() == Status.EXITED);
        assertThat(inspect(name).state().exitCode()).isEqualTo(255);
    }

    @Test
    void shouldEndAtOnceWhatSaysItRunsWhenItsTaskIsGone() {
        // Given two containers whose tasks vanished without a word
        String killed = name();
        String removed = name();
        String stopped = name();
        for (String name : List.of(killed, removed, stopped)) {
            create(name, BUSYBOX, NOTHING);
            start(name);
        }
        HOST.forgetEverything();

        // When
        kill(killed, "KILL");
        containers
                .remove(new RemoveContainer(removed, true, false, false))
                .await()
                .atMost(PATIENCE);
        containers.stop(new StopContainer(stopped, null, 10)).await().atMost(PATIENCE);

        // Then
        assertThat(inspect(killed).state().status()).isEqualTo(Status.EXITED);
        assertThat(inspect(killed).state().exitCode()).isEqualTo(255);
        assertThat(inspect(stopped).state().status()).isEqualTo(Status.EXITED);
        assertThat(store.holder(removed).await().atMost(PATIENCE)).isEmpty();
    }

    @Test
    void shouldRemoveAnAutoRemovedContainerLaterWhenTheNetworkServiceIsAway() {
        // Given
        String name = name();
        ContainerId id = create(name, BUSYBOX, "{\"autoRemove\":true}");
        PEERS.networkAway = true;

        // When it cannot be started, nor be removed
        try {
            assertThatThrownBy(() -> start(name)).hasMessageContaining("the network service is away");
        } finally {
            PEERS.networkAway = false;
        }
        HOST.breakWatches();

        // Then it goes as soon as that is possible
        await(() -> store.get(id).await().atMost(PATIENCE).isEmpty());
        assertThat(PEERS.snapshots).doesNotContain(id.value());
    }

    @Test
    void shouldTakeUpStartsWhoseOutcomeWasNotWrittenDown() {
        // Given two starts that a crash interrupted: one has led to a running task, one to nothing
        ContainerId adopted = create(name(), BUSYBOX, NOTHING);
        ContainerId failed = create(name(), BUSYBOX, NOTHING);
        force(adopted, container -> new Lifecycle.Created(Outcome.NONE).starting());
        force(failed, container -> new Lifecycle.Created(Outcome.NONE).starting());
        HOST.put(adopted, new TaskEvent.Running(adopted, 77, Instant.now()));

        // When
        HOST.breakWatches();

        // Then
        await(() -> inspect(adopted.value()).state().status() == Status.RUNNING);
        assertThat(inspect(adopted.value()).state().pid()).isEqualTo(77);
        assertThat(inspect(adopted.value()).endpoints()).hasSize(1);
        await(() -> inspect(failed.value()).state().error().equals("the start was interrupted"));
        assertThat(actions(adopted)).containsExactly("create", "start");
    }

    @Test
    void shouldFinishWhatACrashInterrupted() {
        // Given a removal half done, and tasks that nobody knows
        ContainerId removing = create(name(), BUSYBOX, NOTHING);
        force(removing, container -> new Lifecycle.Removing(Outcome.NONE));
        var stray = new ContainerId(Ids.hex64());
        HOST.put(stray, new TaskEvent.Running(stray, 78, Instant.now()));

        // When
        HOST.breakWatches();

        // Then
        await(() -> store.get(removing).await().atMost(PATIENCE).isEmpty());
        await(() -> HOST.task(stray).isEmpty());
        assertThat(PEERS.snapshots).doesNotContain(removing.value());
    }

    private void force(ContainerId id, java.util.function.Function<Container, Lifecycle> state) {
        store.change(id, container -> Change.of(container.in(state.apply(container))))
                .await()
                .atMost(PATIENCE);
    }

    private static String name() {
        return "it-" + Ids.hex(12);
    }

    private ContainerId create(String name, String config, String host) {
        return containers
                .create(Requests.create(name, config, host))
                .await()
                .atMost(PATIENCE)
                .id();
    }

    private void start(String name) {
        containers.start(new FindContainer(name)).await().atMost(PATIENCE);
    }

    private void kill(String name, String signal) {
        containers.kill(new KillContainer(name, signal)).await().atMost(PATIENCE);
    }

    private ContainerDetail inspect(String name) {
        return containers.inspect(new FindContainer(name)).await().atMost(PATIENCE);
    }

    private List<ContainerId> list(boolean all, Map<String, List<String>> filters) {
        return containers.list(new ListContainers(all, 0, filters)).await().atMost(PATIENCE).containers().stream()
                .map(ContainerDetail::id)
                .toList();
    }

    private AssertSubscriber<WaitEvent> waitFor(String name, Condition condition) {
        var subscriber = AssertSubscriber.<WaitEvent>create(10);
        containers.waitFor(new WaitContainer(name, condition)).subscribe().withSubscriber(subscriber);
        return subscriber.awaitItems(1, PATIENCE);
    }

    private static long runs(ContainerId id) {
        return HOST.started.stream().filter(task -> task.container().equals(id)).count();
    }

    private List<Event> events(ContainerId id) {
        Predicate<Event> mine = event -> event.actorId().equals(id.value());
        return feed.follow(EventQuery.between(0L, 1L + nanos(Instant.now())))
                .filter(mine)
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    private List<String> actions(ContainerId id) {
        return events(id).stream().map(Event::action).toList();
    }

    private static void assertFault(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Fault.Kind kind, String message) {
        assertThatThrownBy(call).hasMessage(message).isInstanceOfSatisfying(Fault.class, fault -> assertThat(
                        fault.kind())
                .isEqualTo(kind));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }
}
