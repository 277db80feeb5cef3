package io.caisson.executor.host;

import io.caisson.kernel.Fault;
import io.caisson.linux.cgroup.CgroupLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Stops all processes of a control group and lets them go on, with either version of control groups. Blocks. */
public final class Freezer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final boolean first;

    private Freezer(Path folder, boolean first) {
        this.folder = folder;
        this.first = first;
    }

    /** @throws NoSuchFileException also later, when the group is gone */
    public static Freezer of(CgroupLayout layout, String group) throws NoSuchFileException {
        Path folder = layout.folder("freezer", group)
                .filter(Files::isDirectory)
                .orElseThrow(() -> new NoSuchFileException(group));
        return new Freezer(folder, layout.controllers().containsKey("freezer"));
    }

    /** Returns when all are frozen; when that takes too long they go on. */
    public void freeze() throws IOException {
        if (!changed(true)) {
            var _ = changed(false);
            throw Fault.internal("the container's processes cannot be frozen", null);
        }
    }

    public void thaw() throws IOException {
        if (!changed(false)) {
            throw Fault.internal("the container's processes do not go on", null);
        }
    }

    /** Version 1 wants to be told again where processes were being created meanwhile. */
    private boolean changed(boolean frozen) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            write(frozen);
            if (isFrozen() == frozen) {
                return true;
            }
            pause();
        }
        return false;
    }

    private void write(boolean frozen) throws IOException {
        if (first) {
            Files.writeString(folder.resolve("freezer.state"), frozen ? "FROZEN" : "THAWED", StandardOpenOption.WRITE);
        } else {
            Files.writeString(folder.resolve("cgroup.freeze"), frozen ? "1" : "0", StandardOpenOption.WRITE);
        }
    }

    private boolean isFrozen() throws IOException {
        return first
                ? Files.readString(folder.resolve("freezer.state")).strip().equals("FROZEN")
                : Files.readString(folder.resolve("cgroup.events")).contains("frozen 1");
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Kind.CANCELLED, "interrupted", e);
        }
    }
}
