package io.caisson.engine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ApiVersionTest {
    @Test
    void shouldAcceptWhatIsServed() {
        assertThat(ApiVersion.negotiate("1.24")).isEqualTo(ApiVersion.MIN);
        assertThat(ApiVersion.negotiate("1.55")).isEqualTo(ApiVersion.MAX);
        assertThat(ApiVersion.negotiate("1.44").atLeast(44)).isTrue();
        assertThat(ApiVersion.negotiate("1.44").atLeast(45)).isFalse();
    }

    @Test
    void shouldRefuseWithDockersWordsWhenOutOfRange() {
        assertThatThrownBy(() -> ApiVersion.negotiate("1.56"))
                .hasMessage("client version 1.56 is too new. Maximum supported API version is 1.55");
        assertThatThrownBy(() -> ApiVersion.negotiate("1.23"))
                .hasMessage("client version 1.23 is too old. Minimum supported API version is 1.24, please upgrade your"
                        + " client to a newer version");
        assertThatThrownBy(() -> ApiVersion.negotiate("1.2.3")).hasMessage("invalid API version: 1.2.3");
    }
}
