package io.caisson.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** One thread that sees all ends of processes come, by epoll(7) over their descriptors. */
final class ExitWatch {
    private static final MethodHandle EPOLL_CREATE = Native.function("epoll_create1", JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_CTL =
            Native.function("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle EPOLL_WAIT =
            Native.function("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLLIN = 1;
    private static final int EPOLLONESHOT = 1 << 30;
    private static final int EVENTS = 64;
    /** The structure is packed on x86-64 alone. */
    private static final boolean PACKED = System.getProperty("os.arch", "").equals("amd64");

    private static final int EVENT_SIZE = PACKED ? 12 : 16;
    private static final int DATA = PACKED ? 4 : 8;

    private final Fd epoll;
    private final AtomicLong ids = new AtomicLong();
    private final ConcurrentHashMap<Long, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

    private ExitWatch() {
        try (var call = NativeCall.open()) {
            int fd = call.result((int) EPOLL_CREATE.invokeExact(call.state(), Fd.O_CLOEXEC));
            epoll = Fd.owning(Errno.check("epoll_create1", fd));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    static ExitWatch shared() {
        return Holder.SHARED;
    }

    /** Completes when the process ends; cancel it before the descriptor is closed. */
    CompletableFuture<Void> watch(int pidfd) {
        long id = ids.incrementAndGet();
        var exit = new CompletableFuture<Void>();
        waiting.put(id, exit);
        int added = control(EPOLL_CTL_ADD, pidfd, id);
        if (added < 0) {
            waiting.remove(id);
            throw new LinuxException("epoll_ctl", -added);
        }
        exit.whenComplete((_, failure) -> {
            if (failure != null) {
                waiting.remove(id);
                var _ = control(EPOLL_CTL_DEL, pidfd, id);
            }
        });
        return exit;
    }

    private int control(int operation, int fd, long id) {
        try (var call = NativeCall.open()) {
            MemorySegment event = call.memory(16);
            event.set(JAVA_INT, 0, EPOLLIN | EPOLLONESHOT);
            event.set(JAVA_LONG_UNALIGNED, DATA, id);
            return call.result((int) EPOLL_CTL.invokeExact(call.state(), epoll.number(), operation, fd, event));
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }

    private void run() {
        try (var call = NativeCall.open()) {
            MemorySegment events = call.memory((long) EVENTS * EVENT_SIZE);
            while (true) {
                int count = call.result((int) EPOLL_WAIT.invokeExact(call.state(), epoll.number(), events, EVENTS, -1));
                if (count != -Errno.EINTR) {
                    complete(events, Errno.check("epoll_wait", count));
                }
            }
        } catch (Throwable t) {
            waiting.values().forEach(exit -> exit.completeExceptionally(t));
        }
    }

    private void complete(MemorySegment events, int count) {
        for (int i = 0; i < count; i++) {
            CompletableFuture<Void> exit =
                    waiting.remove(events.get(JAVA_LONG_UNALIGNED, (long) i * EVENT_SIZE + DATA));
            if (exit != null) {
                exit.complete(null);
            }
        }
    }

    private static final class Holder {
        static final ExitWatch SHARED = start();

        private static ExitWatch start() {
            var watch = new ExitWatch();
            Thread.ofPlatform().daemon().name("process-exits").start(watch::run);
            return watch;
        }
    }
}
