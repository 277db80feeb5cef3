package io.caisson.executor.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.oci.RuntimeSpec.Capabilities;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostCapabilitiesTest {
    private static final List<String> PLANNED = List.of("CAP_CHOWN", "CAP_SYS_RESOURCE", "CAP_SYS_TIME");

    @Test
    void shouldGiveOnlyWhatThereIs() {
        var planned = new Capabilities(PLANNED, PLANNED, PLANNED, null, null);

        var limited = HostCapabilities.limit(planned, 0x1fffeffffffL);

        assertThat(limited.bounding()).containsExactly("CAP_CHOWN", "CAP_SYS_TIME");
        assertThat(limited.effective()).isEqualTo(limited.bounding());
        assertThat(limited.inheritable()).isNull();
    }

    @Test
    void shouldLeaveThePlanAloneWhenNothingCanBeGiven() {
        var planned = new Capabilities(PLANNED, PLANNED, PLANNED, null, null);

        assertThat(HostCapabilities.limit(planned, 0)).isEqualTo(planned);
    }
}
