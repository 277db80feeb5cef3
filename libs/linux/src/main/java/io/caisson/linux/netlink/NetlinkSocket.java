package io.caisson.linux.netlink;

import io.caisson.linux.Errno;
import io.caisson.linux.Fd;
import io.caisson.linux.LinuxException;
import io.caisson.linux.NativeCall;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One netlink socket: it stays in the network namespace of the thread that opened it; one exchange at a time. */
final class NetlinkSocket implements AutoCloseable {
    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int DUMP_INTERRUPTED = 0x10;
    private static final int EXTENDED_TEXT = 1;
    /** Parts of a dump are as large as the reader's buffer allows. */
    private static final int DUMP_BUFFER = 64 * 1024;

    private static final int REPLY_BUFFER = 16 * 1024;
    /** More acknowledgements than the socket's receive buffer holds would be lost. */
    private static final int IN_FLIGHT = 64;

    private static final int DUMP_ATTEMPTS = 5;

    private final Fd fd;
    private final ReentrantLock lock = new ReentrantLock();
    private int sequence;

    private NetlinkSocket(Fd fd) {
        this.fd = fd;
    }

    static NetlinkSocket open(int protocol) {
        return new NetlinkSocket(NetlinkCalls.socket(protocol));
    }

    /**
     * Sends all requests in one go; the kernel handles each of them whether or not an earlier one failed.
     *
     * @throws LinuxException for the first that failed
     */
    void transact(List<Request> requests) {
        lock.lock();
        try (var call = NativeCall.open()) {
            LinuxException failure = null;
            MemorySegment buffer = call.memory(REPLY_BUFFER);
            for (int at = 0; at < requests.size(); at += IN_FLIGHT) {
                var part = requests.subList(at, Math.min(at + IN_FLIGHT, requests.size()));
                LinuxException failed = transact(call, part, buffer);
                failure = failure == null ? failed : failure;
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable LinuxException transact(NativeCall call, List<Request> requests, MemorySegment buffer) {
        int first = sequence + 1;
        sequence += requests.size();
        send(call, requests, first);
        var failures = new TreeMap<Integer, LinuxException>();
        int missing = requests.size();
        while (missing > 0) {
            for (Frame frame : receive(call, buffer)) {
                int i = frame.sequence - first;
                if (frame.reply.type() == ERROR && i >= 0 && i < requests.size()) {
                    missing--;
                    LinuxException failed = failure(requests.get(i), frame);
                    if (failed != null) {
                        failures.put(i, failed);
                    }
                }
            }
        }
        return failures.isEmpty() ? null : failures.firstEntry().getValue();
    }

    /** All messages that answer a dump; again from the start when the table changed meanwhile. */
    List<Reply> dump(Request request) {
        lock.lock();
        try {
            for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
                List<Reply> replies = answers(request, true);
                if (replies != null) {
                    return replies;
                }
            }
            throw new LinuxException(request.call(), Errno.EAGAIN, "the table changes too fast");
        } finally {
            lock.unlock();
        }
    }

    /** The one message that answers a request without acknowledgement. */
    Reply get(Request request) {
        lock.lock();
        try {
            List<Reply> replies = answers(request, false);
            if (replies == null || replies.isEmpty()) {
                throw new LinuxException(request.call(), Errno.ENODATA);
            }
            return replies.getFirst();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable List<Reply> answers(Request request, boolean multipart) {
        try (var call = NativeCall.open()) {
            int number = ++sequence;
            send(call, List.of(request), number);
            MemorySegment buffer = call.memory(multipart ? DUMP_BUFFER : REPLY_BUFFER);
            var replies = new ArrayList<Reply>();
            boolean consistent = true;
            while (true) {
                for (Frame frame : receive(call, buffer)) {
                    if (frame.sequence != number) {
                        continue; // left over from an exchange that broke off
                    }
                    consistent &= (frame.flags & DUMP_INTERRUPTED) == 0;
                    if (frame.reply.type() == DONE || frame.reply.type() == ERROR) {
                        LinuxException failure = failure(request, frame);
                        if (failure != null) {
                            throw failure;
                        }
                        return consistent ? replies : null;
                    }
                    replies.add(frame.reply.copy());
                    if (!multipart) {
                        return replies;
                    }
                }
            }
        }
    }

    private void send(NativeCall call, List<Request> requests, int first) {
        int size = requests.stream().mapToInt(Request::size).sum();
        MemorySegment bytes = call.memory(size);
        int at = 0;
        for (int i = 0; i < requests.size(); i++) {
            ByteBuffer message = requests.get(i).message(first + i);
            MemorySegment.copy(MemorySegment.ofBuffer(message), 0, bytes, at, message.remaining());
            at += message.remaining();
        }
        NetlinkCalls.send(call, fd, bytes);
    }

    private List<Frame> receive(NativeCall call, MemorySegment buffer) {
        int length = NetlinkCalls.receive(call, fd, buffer);
        ByteBuffer bytes = buffer.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder());
        var frames = new ArrayList<Frame>();
        int at = 0;
        while (at + 16 <= length) {
            int size = bytes.getInt(at);
            if (size < 16 || at + size > length) {
                break;
            }
            ByteBuffer payload = bytes.slice(at + 16, size - 16).order(ByteOrder.nativeOrder());
            var reply = new Reply(bytes.getShort(at + 4) & 0xffff, payload);
            frames.add(new Frame(bytes.getShort(at + 6) & 0xffff, bytes.getInt(at + 8), reply));
            at += (size + 3) & ~3;
        }
        return frames;
    }

    /** What an error or the end of a dump says; null for success. */
    private static @Nullable LinuxException failure(Request request, Frame frame) {
        int error = frame.reply.payload().limit() >= 4 ? frame.reply.u32(0) : 0;
        if (error >= 0) {
            return null;
        }
        // Behind an error stands the header of the request (16 bytes), behind the end of a dump nothing.
        int texts = frame.reply.type() == ERROR ? 20 : 4;
        String text = frame.reply.payload().limit() > texts
                ? frame.reply.attributes(texts).text(EXTENDED_TEXT)
                : "";
        return new LinuxException(request.call(), -error, text);
    }

    @Override
    public void close() {
        fd.close();
    }

    private record Frame(int flags, int sequence, Reply reply) {}
}
