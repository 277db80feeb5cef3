package io.caisson.bus;

import java.time.Duration;

/**
 * @param pulse between two questions of a caller whether its stream still lives; also how long it waits for an answer
 * @param silence after this time without a word of the other, a stream ends
 * @param again before a caller asks again that was told that its stream is not known
 */
record StreamTimes(Duration pulse, Duration silence, Duration again) {
    static final StreamTimes USUAL =
            new StreamTimes(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(1));
}
