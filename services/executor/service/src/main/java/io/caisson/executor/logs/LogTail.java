package io.caisson.executor.logs;

import io.caisson.executor.logs.LogFiles.LogFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;

/** Finds where the last entries of a log begin, by reading backwards. Blocks. */
final class LogTail {
    private static final int BLOCK = 64 * 1024;

    private LogTail() {}

    record Start(LogFile file, long offset) {}

    /** Empty for an empty log. */
    static Optional<Start> find(List<LogFile> oldestFirst, LogFormat format, long entries) throws IOException {
        long left = entries;
        Optional<Start> start = Optional.empty();
        for (LogFile file : oldestFirst.reversed()) {
            try (FileChannel channel = file.open()) {
                var search = new Search(channel, left);
                long offset = search.run(format);
                start = Optional.of(new Start(file, offset));
                left -= search.found;
            }
            if (left <= 0) {
                return start;
            }
        }
        return start;
    }

    private static final class Search {
        private final FileChannel channel;
        private final long wanted;
        private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
        /** Entries behind the place that was reached. */
        private long found;

        Search(FileChannel channel, long wanted) {
            this.channel = channel;
            this.wanted = wanted;
        }

        /** Behind the line feed that ends the entry before the wanted ones; 0 when there are not more than those. */
        long run(LogFormat format) throws IOException {
            return switch (format) {
                case LINES -> runOverLines();
                case RECORDS -> runOverRecords();
            };
        }

        /** Each record says at its end, too, how long it is. */
        private long runOverRecords() throws IOException {
            long at = channel.size();
            while (found < wanted && at > 0) {
                int length =
                        ByteBuffer.wrap(read(at - Integer.BYTES, Integer.BYTES)).getInt();
                at = Math.max(0, at - length - 2 * Integer.BYTES);
                found++;
            }
            return at;
        }

        private long runOverLines() throws IOException {
            long end = channel.size();
            if (wanted == 0) {
                return end;
            }
            long feeds = 0;
            for (long to = end; to > 0; to = Math.max(0, to - BLOCK)) {
                long from = Math.max(0, to - BLOCK);
                byte[] bytes = read(from, (int) (to - from));
                for (int i = (int) (to - from) - 1; i >= 0; i--) {
                    if (bytes[i] == '\n' && feeds++ == wanted) {
                        found = wanted;
                        return from + i + 1;
                    }
                }
            }
            found = feeds;
            return 0;
        }

        private byte[] read(long from, int length) throws IOException {
            block.clear().limit(length);
            while (block.hasRemaining() && channel.read(block, from + block.position()) > 0) {
                // until the block is whole
            }
            return block.array();
        }
    }
}
