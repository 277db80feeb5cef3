package io.caisson.container.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.caisson.bus.wire.WireJson;
import io.caisson.container.api.HostConfig;
import io.caisson.executor.api.LimitSupport;
import io.caisson.kernel.Fault;
import org.junit.jupiter.api.Test;

class HostLimitsTest {
    private static final LimitSupport ALL = LimitSupport.all("0-1", "0");
    /** As with control groups of version 2, but without any controller. */
    private static final LimitSupport NONE = new LimitSupport(
            false, false, false, false, false, false, false, false, false, "", "", false, false, false);

    private static HostConfig host(String json) {
        try {
            return WireJson.mapper().readValue(json, HostConfig.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void shouldKeepEverythingWhenTheNodeCanDoIt() {
        HostConfig asked = host("{\"memory\":67108864,\"blkioWeight\":100,\"cpusetCpus\":\"0,1\",\"pidsLimit\":5}");

        HostLimits.Kept kept = HostLimits.keep(asked, ALL);

        assertThat(kept.host()).isEqualTo(asked);
        assertThat(kept.warnings()).isEmpty();
    }

    @Test
    void shouldDiscardWithAWarningWhatTheNodeCannotDo() {
        HostConfig asked = host("{\"memory\":67108864,\"memorySwap\":-1,\"blkioWeight\":100,\"cpusetCpus\":\"7\","
                + "\"pidsLimit\":5,\"oomKillDisable\":true,\"cpuShares\":3,\"cpuQuota\":5000,\"memorySwappiness\":5}");

        HostLimits.Kept kept = HostLimits.keep(asked, NONE);

        assertThat(kept.host()).isEqualTo(host("{\"memorySwap\":-1}"));
        assertThat(kept.warnings())
                .contains(
                        "Your kernel does not support memory limit capabilities or the cgroup is not mounted."
                                + " Limitation discarded.",
                        "Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight discarded.",
                        "Your kernel does not support OomKillDisable. OomKillDisable discarded.",
                        "Your kernel does not support cpuset or the cgroup is not mounted. Cpuset discarded.")
                .hasSize(8);
    }

    @Test
    void shouldTakeTheClientsDefaultsForNothing() {
        HostLimits.Kept kept = HostLimits.keep(host("{\"memorySwappiness\":-1,\"oomKillDisable\":false}"), NONE);

        assertThat(kept.host()).isEqualTo(host("{}"));
        assertThat(kept.warnings()).isEmpty();
    }

    @Test
    void shouldRefuseProcessorsThatAreNotThere() {
        assertThatThrownBy(() -> HostLimits.keep(host("{\"cpusetCpus\":\"0-7\"}"), ALL))
                .isInstanceOf(Fault.class)
                .hasMessage("Requested CPUs are not available - requested 0-7, available: 0-1");
        assertThatThrownBy(() -> HostLimits.keep(host("{\"cpusetCpus\":\"a\"}"), ALL))
                .isInstanceOf(Fault.class)
                .hasMessage("Invalid value a for cpuset cpus");
    }

    @Test
    void shouldWarnWhenTheOomKillerIsOffWithoutALimit() {
        assertThat(HostLimits.keep(host("{\"oomKillDisable\":true}"), ALL).warnings())
                .containsExactly("OOM killer is disabled for the container, but no memory limit is set, this can result"
                        + " in the system running out of resources.");
    }

    @Test
    void shouldChangeOnlyWhatIsAskedFor() {
        HostConfig now = host("{\"memory\":67108864,\"memorySwap\":134217728,\"cpuShares\":7,\"autoRemove\":true}");

        HostConfig changed = LimitUpdate.apply(now, host("{\"memory\":33554432,\"pidsLimit\":-1}"));

        assertThat(changed)
                .isEqualTo(host("{\"memory\":33554432,\"memorySwap\":134217728,\"cpuShares\":7,\"autoRemove\":true,"
                        + "\"pidsLimit\":-1}"));
        assertThatThrownBy(() -> LimitUpdate.apply(now, host("{\"memory\":268435456}")))
                .hasMessageStartingWith("Memory limit should be smaller than already set memoryswap limit");
        assertThatThrownBy(() -> LimitUpdate.apply(now, host("{\"restartPolicy\":{\"name\":\"always\"}}")))
                .hasMessageStartingWith("Restart policy cannot be updated because AutoRemove is enabled");
    }
}
