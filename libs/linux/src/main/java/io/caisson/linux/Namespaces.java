package io.caisson.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work inside other namespaces.
 *
 * <p>A namespace belongs to a kernel thread, so every piece of work gets a platform thread of its own that ends with it;
 * the caller's thread (a virtual one as well) never changes namespaces. A netlink socket or an nftables context that is
 * opened there stays in that namespace and may then be used from any thread.
 *
 * <p>While the kernel takes a namespace down, it holds up all changes of links on the host for milliseconds: let containers'
 * namespaces go off request paths.
 *
 * <p>Classes should be loaded before they are used inside another mount namespace: the class path may not exist there.
 */
public final class Namespaces {
    private static final int CLONE_FS = 0x200;
    private static final MethodHandle SETNS = Native.function("setns", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle UNSHARE = Native.function("unshare", JAVA_INT, JAVA_INT);

    private Namespaces() {}

    /** The kinds of namespace that this class enters. */
    public enum Kind {
        NETWORK("net", 0x40000000),
        MOUNT("mnt", 0x20000);

        private final String file;
        private final int flag;

        Kind(String file, int flag) {
            this.file = file;
            this.flag = flag;
        }
    }

    /**
     * The namespace of a process. The caller must know that {@code pid} is the process it means (it has not been reaped);
     * a process that ends meanwhile fails with {@code ESRCH} instead of giving another one's namespace.
     */
    public static Fd ofProcess(long pid, Kind kind) {
        try (var process = Pidfd.open(pid)) {
            Fd namespace = Fd.open(Path.of("/proc/" + pid + "/ns/" + kind.file), Fd.O_RDONLY);
            if (!process.signal(0)) {
                namespace.close();
                throw new LinuxException("pidfd_send_signal", Errno.ESRCH, "process " + pid);
            }
            return namespace;
        }
    }

    /** The namespace behind a file such as {@code /run/netns/x}. */
    public static Fd ofPath(Path file) {
        return Fd.open(file, Fd.O_RDONLY);
    }

    /** The namespace that the calling thread is in. */
    public static Fd current(Kind kind) {
        return Fd.open(Path.of("/proc/thread-self/ns/" + kind.file), Fd.O_RDONLY);
    }

    /** A new, empty network namespace, which lives as long as a descriptor, a mount or a process holds it. */
    public static Fd newNetwork() {
        return onOwnThread(() -> {
            Errno.check("unshare", unshare(Kind.NETWORK.flag));
            return current(Kind.NETWORK);
        });
    }

    /** The result of {@code work} run in a network namespace; blocks until it is there. */
    public static <T> T inNetwork(Fd network, Callable<T> work) {
        return onOwnThread(() -> {
            Errno.check("setns", setns(network.number(), Kind.NETWORK.flag));
            return work.call();
        });
    }

    /** The result of {@code work} run in a mount namespace; blocks until it is there. */
    public static <T> T inMounts(Fd mounts, Callable<T> work) {
        return onOwnThread(() -> {
            enterMounts(mounts);
            return work.call();
        });
    }

    /** The result of {@code work} run in a network and a mount namespace; blocks until it is there. */
    public static <T> T in(Fd network, Fd mounts, Callable<T> work) {
        return onOwnThread(() -> {
            Errno.check("setns", setns(network.number(), Kind.NETWORK.flag));
            enterMounts(mounts);
            return work.call();
        });
    }

    /** A new mount namespace that is a private copy of this process's: nothing mounted in it is seen outside. */
    public static Fd newMounts() {
        return onOwnThread(() -> {
            Errno.check("unshare", unshare(CLONE_FS | Kind.MOUNT.flag));
            Mounts.makePrivate(Path.of("/"));
            return current(Kind.MOUNT);
        });
    }

    /** A new mount namespace that is a private copy of another one. */
    public static Fd newMounts(Fd original) {
        return onOwnThread(() -> {
            enterMounts(original);
            Errno.check("unshare", unshare(Kind.MOUNT.flag));
            Mounts.makePrivate(Path.of("/"));
            return current(Kind.MOUNT);
        });
    }

    private static void enterMounts(Fd mounts) {
        // A thread that shares its root and working directory with others may not change its mount namespace.
        Errno.check("unshare", unshare(CLONE_FS));
        Errno.check("setns", setns(mounts.number(), Kind.MOUNT.flag));
    }

    private static <T> T onOwnThread(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().name("namespace").start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true; // half done work cannot be taken back: wait, and tell afterwards
                }
            }
        } catch (ExecutionException e) {
            throw NativeCall.unexpected(e.getCause() == null ? e : e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static int setns(int fd, int kind) {
        try (var call = NativeCall.open()) {
            return call.result((int) SETNS.invokeExact(call.state(), fd, kind));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    private static int unshare(int flags) {
        try (var call = NativeCall.open()) {
            return call.result((int) UNSHARE.invokeExact(call.state(), flags));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }
}
