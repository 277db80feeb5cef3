package io.caisson.engine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DetachKeysTest {
    private static String scan(DetachKeys keys, String input) {
        var scanned = keys.scan(input.getBytes(StandardCharsets.ISO_8859_1));
        return StandardCharsets.ISO_8859_1.decode(scanned.bytes()) + (scanned.detached() ? "|" : "");
    }

    @Test
    void shouldFindTheKeysOverSeveralReads() {
        var keys = DetachKeys.parse("");

        assertThat(scan(keys, "ls\n")).isEqualTo("ls\n");
        assertThat(scan(keys, "a\020")).isEqualTo("a");
        assertThat(scan(keys, "\021b")).isEqualTo("|");
    }

    @Test
    void shouldHandOnAStartOfTheKeysThatIsSomethingElse() {
        var keys = DetachKeys.parse("ctrl-p,ctrl-q");

        assertThat(scan(keys, "\020")).isEmpty();
        assertThat(scan(keys, "x")).isEqualTo("\020x");
        assertThat(scan(keys, "\020\020\021")).isEqualTo("\020|");
    }

    @Test
    void shouldReadKeysAsDockerDoes() {
        assertThat(scan(DetachKeys.parse("a"), "xay")).isEqualTo("x|");
        assertThat(scan(DetachKeys.parse("ctrl-@,ctrl-["), "\0\033")).isEqualTo("|");
        assertThat(scan(DetachKeys.parse("ctrl-\\"), "\034")).isEqualTo("|");
        assertThatThrownBy(() -> DetachKeys.parse("ctrl-1,a")).hasMessage("Unknown character: 'ctrl-1'");
    }
}
