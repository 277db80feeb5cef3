package io.caisson.image.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointPlannerTest {
    private final EndpointPlanner planner = new EndpointPlanner(
            List.of("https://mirror.example/hub"), List.of("lan.example:5000", "10.1.0.0/16", "plain.example"));

    @Test
    void shouldAskMirrorsFirstWhenItIsDockerHub() {
        // When
        List<Endpoint> endpoints = planner.endpoints("docker.io");

        // Then
        assertThat(endpoints)
                .extracting(e -> e.uri("x/y").toString())
                .containsExactly("https://mirror.example/hub/v2/x/y", "https://registry-1.docker.io/v2/x/y");
        assertThat(endpoints).extracting(Endpoint::own).containsExactly(false, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:5000",
                "127.0.0.1:5000",
                "127.9.9.9",
                "[::1]:5000",
                "lan.example:5000",
                "10.1.2.3:443",
                "plain.example:81"
            })
    void shouldTryHttpLastWhenItIsInsecure(String domain) {
        // When / Then
        assertThat(planner.endpoints(domain))
                .extracting(e -> e.base().toString())
                .containsExactly("https://" + domain, "http://" + domain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lan.example", "lan.example:5001", "10.2.0.1", "ghcr.io", "127.0.0.1.example.com"})
    void shouldNeverTryHttpOtherwise(String domain) {
        // When / Then
        assertThat(planner.endpoints(domain))
                .singleElement()
                .isEqualTo(new Endpoint(java.net.URI.create("https://" + domain), false, true));
    }
}
