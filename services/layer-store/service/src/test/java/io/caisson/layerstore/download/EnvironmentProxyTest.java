package io.caisson.layerstore.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxyTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("HTTPS_PROXY", "http://proxy.test:3128", "NO_PROXY", "internal.test, .corp.test");

    @ParameterizedTest
    @CsvSource({
        "https://registry.test/v2/, HTTP",
        "http://registry.test/v2/, DIRECT",
        "https://a.internal.test/, DIRECT",
        "https://internal.test/, DIRECT",
        "https://notinternal.test/, HTTP",
        "https://x.corp.test/, DIRECT",
        "https://localhost:5000/, DIRECT"
    })
    void shouldFollowTheEnvironmentWhenItNamesAProxy(URI target, Proxy.Type type) {
        assertThat(EnvironmentProxy.of(target, ENVIRONMENT).type()).isEqualTo(type);
    }
}
