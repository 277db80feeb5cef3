package io.caisson.image.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {
    @Test
    void shouldReadAllChallengesWhenThereAreSeveral() {
        // When
        var challenges = Challenge.parse(List.of(
                "Bearer realm=\"https://auth.example/token?a=b,c\",service=\"reg \\\"x\\\"\", scope=\"repository:a:pull,push\"",
                "Basic realm=simple, Negotiate"));

        // Then
        assertThat(challenges)
                .containsExactly(
                        new Challenge(
                                "bearer",
                                Map.of(
                                        "realm", "https://auth.example/token?a=b,c",
                                        "service", "reg \"x\"",
                                        "scope", "repository:a:pull,push")),
                        new Challenge("basic", Map.of("realm", "simple")),
                        new Challenge("negotiate", Map.of()));
        assertThat(Challenge.usable(challenges)).contains(challenges.getFirst());
    }

    @Test
    void shouldReadNothingWhenItIsNonsense() {
        // When / Then
        assertThat(Challenge.parse(List.of("", "=,=", "\"\""))).isEmpty();
    }
}
