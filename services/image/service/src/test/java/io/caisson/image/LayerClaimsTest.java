package io.caisson.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.kernel.NodeId;
import io.caisson.oci.Digest;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerClaimsTest {
    private static final NodeId NODE = new NodeId("local");
    private static final Digest ONE = Digest.parse("sha256:" + "11".repeat(32));
    private static final Digest TWO = Digest.parse("sha256:" + "22".repeat(32));

    private final LayerClaims claims = new LayerClaims();

    @Test
    void shouldLeaveLayersAloneWhileTheyAreClaimed() {
        // Given two claims of the same layer
        var first = claim(ONE, ONE).assertCompleted().getItem();
        var second = claim(ONE).assertCompleted().getItem();

        // When / Then
        first.close();
        first.close();
        assertThat(claims.beginRemoval(NODE, List.of(ONE, TWO)).diffIds()).containsExactly(TWO);
        second.close();
        assertThat(claims.beginRemoval(NODE, List.of(ONE, TWO)).diffIds()).containsExactly(ONE);
    }

    @Test
    void shouldMakeAClaimWaitWhileALayerIsBeingDeleted() {
        // Given
        var removal = claims.beginRemoval(NODE, List.of(ONE));

        // When
        var claim = claim(ONE);

        // Then
        claim.assertNotTerminated();
        removal.close();
        var _ = claim.assertCompleted();
        assertThat(claims.beginRemoval(NODE, List.of(ONE)).diffIds()).isEmpty();
    }

    @Test
    void shouldGiveUpTheClaimWhenWhoWaitsGoesAway() {
        // Given
        var removal = claims.beginRemoval(NODE, List.of(ONE));
        var claim = claim(ONE);

        // When
        claim.cancel();
        removal.close();

        // Then
        assertThat(claims.beginRemoval(NODE, List.of(ONE)).diffIds()).containsExactly(ONE);
    }

    private UniAssertSubscriber<LayerClaims.Claim> claim(Digest... diffIds) {
        return claims.claim(NODE, List.of(diffIds)).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
