package io.caisson.engine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "no", "False", " NONE "})
    void shouldReadFalse(String text) {
        assertThat(Parameters.flag(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "True", "yes", "anything"})
    void shouldReadTrue(String text) {
        assertThat(Parameters.flag(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000,1700000000000000000",
        "1700000000.5,1700000000500000000",
        "1700000000.000000001,1700000000000000001",
        "2023-11-14T22:13:20Z,1700000000000000000",
        "2023-11-14T23:13:20+01:00,1700000000000000000",
        "2023-11-14T22:13:20,1700000000000000000",
        "2023-11-14,1699920000000000000",
        "10m,1767322445000000000",
        "1h30m,1767317645000000000",
    })
    void shouldReadTimes(String text, long nanos) {
        assertThat(Parameters.time(text, NOW)).isEqualTo(nanos);
    }

    @Test
    void shouldReadNothingAsNoTime() {
        assertThat(Parameters.time("", NOW)).isNull();
        assertThat(Parameters.time("0", NOW)).isNull();
        assertThatThrownBy(() -> Parameters.time("soon", NOW))
                .hasMessage("failed to parse value as time or duration: \"soon\"");
    }

    @Test
    void shouldWriteTimesAsGoDoes() {
        assertThat(GoTime.of(null)).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(GoTime.of(NOW)).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(GoTime.of(NOW.plusNanos(120_000_000))).isEqualTo("2026-01-02T03:04:05.12Z");
        assertThat(GoTime.of(NOW.plusNanos(1))).isEqualTo("2026-01-02T03:04:05.000000001Z");
    }
}
