package io.caisson.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** poll(2), for what an event loop does not tell. Never waits. */
public final class Poll {
    private static final MethodHandle POLL = Native.function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final int SIZE = 8;
    private static final int RETURNED = 6;
    private static final int POLLERR_POLLHUP_POLLNVAL = 0x38;

    private Poll() {}

    /**
     * True when the peer of a UNIX stream socket is gone for good, and not only done with sending. On TCP a peer that is gone
     * looks like one that is done until something is written to it.
     */
    public static boolean isHungUp(int fd) {
        try (var call = NativeCall.open()) {
            MemorySegment descriptor = call.memory(SIZE);
            descriptor.set(JAVA_INT, 0, fd);
            int ready = call.result((int) POLL.invokeExact(call.state(), descriptor, 1L, 0));
            return ready > 0 && (descriptor.get(JAVA_SHORT, RETURNED) & POLLERR_POLLHUP_POLLNVAL) != 0;
        } catch (Throwable t) {
            throw NativeCall.unexpected(t);
        }
    }
}
