package io.caisson.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UnframingTest {
    private static final byte[] FRAMES = {
        1, 0, 0, 0, 0, 0, 0, 2, 'a', 'b', 2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1, 'c'
    };

    @Test
    void shouldTakeFramesApartWhereverTheyAreCut() {
        for (int size = 1; size <= FRAMES.length; size++) {
            var unframing = new Unframing();
            var content = new ByteArrayOutputStream();
            for (int at = 0; at < FRAMES.length; at += size) {
                byte[] piece = java.util.Arrays.copyOfRange(FRAMES, at, Math.min(FRAMES.length, at + size));
                content.writeBytes(unframing.take(piece));
            }
            assertThat(content.toString(StandardCharsets.UTF_8)).isEqualTo("abc");
        }
    }
}
