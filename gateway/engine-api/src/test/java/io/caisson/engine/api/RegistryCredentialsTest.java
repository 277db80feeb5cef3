package io.caisson.engine.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.image.api.RegistryAuth;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class RegistryCredentialsTest {
    private static final byte[] JSON = "{\"username\":\"ann\",\"password\":\"s>?>?\",\"serveraddress\":\"r:5000\"}"
            .getBytes(StandardCharsets.UTF_8);
    private static final RegistryAuth AUTH = new RegistryAuth("ann", "s>?>?", null, null, "r:5000");

    @Test
    void shouldReadEveryAlphabet() {
        assertThat(RegistryCredentials.parse(Base64.getUrlEncoder().encodeToString(JSON)))
                .isEqualTo(AUTH);
        assertThat(RegistryCredentials.parse(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(JSON)))
                .isEqualTo(AUTH);
        assertThat(RegistryCredentials.parse(Base64.getEncoder().encodeToString(JSON)))
                .isEqualTo(AUTH);
    }

    @Test
    void shouldIgnoreWhatCannotBeRead() {
        assertThat(RegistryCredentials.parse(null)).isNull();
        assertThat(RegistryCredentials.parse("%%%")).isNull();
        assertThat(RegistryCredentials.parse(Base64.getEncoder().encodeToString("{}".getBytes(StandardCharsets.UTF_8))))
                .isNull();
    }

    @Test
    void shouldReadACombinedUserAndPassword() {
        String auth = Base64.getEncoder().encodeToString("ann:x:y".getBytes(StandardCharsets.UTF_8));
        String header =
                Base64.getEncoder().encodeToString(("{\"auth\":\"" + auth + "\"}").getBytes(StandardCharsets.UTF_8));

        assertThat(RegistryCredentials.parse(header)).isEqualTo(new RegistryAuth("ann", "x:y", null, null, null));
    }
}
