package io.caisson.executor;

import io.caisson.bus.stream.StreamServer;
import io.caisson.executor.api.StartTask;
import io.caisson.executor.api.StartedTask;
import io.caisson.executor.api.TaskRef;
import io.caisson.executor.network.HostNetwork;
import io.caisson.executor.task.Places;
import io.caisson.kernel.ContainerId;
import io.caisson.kernel.Ids;
import io.caisson.kernel.NodeId;
import io.caisson.linux.cgroup.Cgroups;
import io.caisson.testkit.BusyboxRootfs;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An executor with an instance, folders and a bridge of its own; {@link #close} proves that nothing is left. */
final class TestHost implements AutoCloseable {
    static final NodeId NODE = new NodeId("test");
    static final Duration LIMIT = Duration.ofSeconds(30);

    final String instance = "t" + Ids.hex(6);
    final Path folder;
    final Places places;
    final Path rootfs;
    private final StreamServer streams;
    private final List<ContainerId> containers = new ArrayList<>();
    private HostExecutor executor;

    TestHost() throws IOException {
        folder = Files.createTempDirectory(Path.of("/tmp"), "executor");
        places = new Places(folder.resolve("data"), folder.resolve("run"), instance);
        rootfs = BusyboxRootfs.build(folder.resolve("rootfs"));
        streams = new StreamServer(folder);
        executor = open(new Ways(true, true));
    }

    private HostExecutor open(Ways ways) throws IOException {
        var opened =
                new HostExecutor(places, TestMonitor.program(), new Runtimes("runc", Map.of()), false, ways, streams);
        opened.reconcile();
        return opened;
    }

    HostExecutor executor() {
        return executor;
    }

    /** As a new process would come up after the old one's end. */
    void restartExecutor() throws IOException {
        restartExecutor(new Ways(true, true));
    }

    /** @param ways what it does without the runtime from now on */
    void restartExecutor(Ways ways) throws IOException {
        executor.close();
        executor = open(ways);
    }

    TestTask task(String... args) {
        var task = new TestTask(this, new ContainerId(Ids.hex64()), List.of(args));
        containers.add(task.id());
        return task;
    }

    StartedTask start(StartTask task) {
        return await(executor.start(task));
    }

    static TaskRef ref(ContainerId container) {
        return new TaskRef(NODE, container);
    }

    static <T> T await(Uni<T> work) {
        return work.await().atMost(LIMIT);
    }

    TaskLogbook watch() {
        return new TaskLogbook(executor);
    }

    /** What of the container is on the host, in words. */
    List<String> leftovers() throws IOException {
        var left = new ArrayList<String>();
        if (Files.readString(Path.of("/proc/self/mountinfo")).contains(folder.toString())) {
            left.add("mounts");
        }
        Cgroups cgroups = Cgroups.detect();
        left.addAll(cgroups.children(places.cgroupParent()));
        for (Path place : List.of(
                places.tasks(),
                places.runtimeRoot(),
                places.stateRoot(),
                places.data().resolve("containers"))) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> entries = Files.list(place)) {
                    entries.map(Path::toString).forEach(left::add);
                }
            }
        }
        try (Stream<Path> links = Files.list(Path.of("/sys/class/net"))) {
            links.map(link -> link.getFileName().toString())
                    .filter(name -> name.startsWith("v" + instance))
                    .forEach(left::add);
        }
        return left;
    }

    String bridge() {
        return "b" + instance;
    }

    @Override
    public void close() throws IOException {
        for (ContainerId container : containers) {
            Endings.endAndPurge(this, container);
        }
        executor.removeBridge(new io.caisson.executor.api.RemoveBridge(NODE, bridge()))
                .await()
                .atMost(LIMIT);
        executor.close();
        try (HostNetwork network = HostNetwork.open(instance)) {
            network.dismantle();
        }
        Cgroups.detect().remove(places.cgroupParent());
        removeTree();
    }

    private void removeTree() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
