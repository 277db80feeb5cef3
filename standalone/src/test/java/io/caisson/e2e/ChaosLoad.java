package io.caisson.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Clients at work, whatever happens to the platform: they start, stop, kill, remove, exec, load, pull; and remember what they were told. */
final class ChaosLoad implements AutoCloseable {
    private static final int CLIENTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    final List<ChaosContainer> told = new CopyOnWriteArrayList<>();
    final AtomicInteger done = new AtomicInteger();
    private final Engine engine;
    private final Path archive;
    private final String pulled;
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean ending;

    /**
     * @param archive an image of busybox, to be loaded again and again
     * @param pulled a reference of another image in a registry
     */
    ChaosLoad(Engine engine, Path archive, String pulled, long seed) {
        this.engine = engine;
        this.archive = archive;
        this.pulled = pulled;
        for (int i = 0; i < CLIENTS; i++) {
            var random = new Random(seed + i);
            clients.add(Thread.ofPlatform().name("client-" + i).start(() -> work(random)));
        }
    }

    private void work(Random random) {
        while (!ending) {
            if (step(random)) {
                done.incrementAndGet();
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private boolean step(Random random) {
        int dice = random.nextInt(100);
        if (dice < 40) {
            return start(random);
        }
        if (dice < 55) {
            return docker("run", "--rm", "busybox", "echo", "hello").exit() == 0;
        }
        if (dice < 58) {
            return docker("load", "-q", "-i", archive.toString()).exit() == 0;
        }
        if (dice < 62) {
            var _ = docker("rmi", "-f", pulled);
            return docker("pull", "-q", pulled).exit() == 0;
        }
        return any(random).map(one -> meddle(one, dice, random)).orElse(false);
    }

    private Optional<ChaosContainer> any(Random random) {
        List<ChaosContainer> there =
                told.stream().filter(ChaosContainer::mayBeThere).toList();
        return there.isEmpty() ? Optional.empty() : Optional.of(there.get(random.nextInt(there.size())));
    }

    private boolean start(Random random) {
        int lines = 1 + random.nextInt(40);
        int code = random.nextInt(4);
        List<String> words = new ArrayList<>(List.of("run", "-d"));
        switch (random.nextInt(3)) {
            case 0 -> words.addAll(List.of("-p", "127.0.0.1::80"));
            case 1 -> words.addAll(List.of("--network", "chaos"));
            default -> words.addAll(List.of("-v", "/data"));
        }
        words.addAll(List.of("busybox", "sh", "-c", ChaosContainer.script(lines, code)));
        Command.Result result = docker(words.toArray(String[]::new));
        if (result.exit() == 0) {
            told.add(new ChaosContainer(result.out().strip(), lines, code));
        }
        return result.exit() == 0;
    }

    private boolean meddle(ChaosContainer one, int dice, Random random) {
        if (dice < 75) {
            return docker("exec", one.id, "true").exit() == 0;
        }
        if (dice < 85) {
            one.stopping();
            return random.nextBoolean()
                    ? docker("stop", "-t", "0", one.id).exit() == 0
                    : docker("kill", one.id).exit() == 0;
        }
        one.removing();
        boolean gone = docker("rm", "-f", "-v", one.id).exit() == 0;
        if (gone) {
            one.removed();
        }
        return gone;
    }

    private Command.Result docker(String... words) {
        return engine.docker(words).within(PATIENCE).run();
    }

    /** Every client finishes what it does. */
    @Override
    public void close() {
        ending = true;
        for (Thread client : clients) {
            try {
                if (!client.join(PATIENCE.multipliedBy(2))) {
                    throw new AssertionError(client.getName() + " hangs");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
