package io.caisson.container.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SignalsTest {
    @Test
    void shouldKnowNamesAndNumbers() {
        assertThat(Signals.parse("9")).isEqualTo(9);
        assertThat(Signals.parse("sigterm")).isEqualTo(15);
        assertThat(Signals.parse("WINCH")).isEqualTo(28);
        assertThat(Signals.parse("SIGRTMIN+3")).isEqualTo(37);
        assertThat(Signals.parse("RTMAX-1")).isEqualTo(63);
        assertThat(Signals.stopSignal(null)).isEqualTo(15);
    }

    @Test
    void shouldRefuseOthers() {
        for (String text : new String[] {"", "0", "65", "SIGFOO", "RTMIN+31", "-1"}) {
            assertThatThrownBy(() -> Signals.parse(text)).hasMessage("invalid signal: " + text);
        }
    }
}
