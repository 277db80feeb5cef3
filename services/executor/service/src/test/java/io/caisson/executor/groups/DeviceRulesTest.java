package io.caisson.executor.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.oci.RuntimeSpec.DeviceRule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceRulesTest {
    private static final DeviceRule NOTHING = new DeviceRule(false, null, null, null, "rwm");

    private static DeviceRule allow(@Nullable Long major, @Nullable Long minor, String access) {
        return new DeviceRule(true, "c", major, minor, access);
    }

    private static DeviceRule deny(@Nullable Long major, @Nullable Long minor, String access) {
        return new DeviceRule(false, "c", major, minor, access);
    }

    @Test
    void shouldAllowWhatEveryContainerMayUseWhenNothingIsAskedFor() {
        assertThat(DeviceRules.of(List.of(NOTHING)))
                .contains(List.of(
                        "b *:* m",
                        "c *:* m",
                        "c 10:200 mrw",
                        "c 136:* mrw",
                        "c 1:3 mrw",
                        "c 1:5 mrw",
                        "c 1:7 mrw",
                        "c 1:8 mrw",
                        "c 1:9 mrw",
                        "c 5:0 mrw",
                        "c 5:2 mrw"));
    }

    @Test
    void shouldAllowEverythingWhenPrivileged() {
        assertThat(DeviceRules.of(List.of(new DeviceRule(true, "a", -1L, -1L, "rwm"))))
                .contains(List.of("a"));
    }

    @Test
    void shouldTakeBackExactlyWhatAnEarlierRuleAllowed() {
        var rules = DeviceRules.of(List.of(NOTHING, allow(10L, 229L, "rw"), deny(10L, 229L, "w"), deny(7L, 7L, "rwm")));

        assertThat(rules)
                .hasValueSatisfying(
                        lines -> assertThat(lines).contains("c 10:229 r").noneMatch(line -> line.startsWith("c 7:")));
    }

    @Test
    void shouldLeaveToTheRuntimeWhatTakesAwayAPart() {
        assertThat(DeviceRules.of(List.of(NOTHING, allow(10L, null, "rwm"), deny(10L, 229L, "rwm"))))
                .isEmpty();
        assertThat(DeviceRules.of(List.of(new DeviceRule(true, null, null, null, "rwm"), deny(1L, 3L, "rwm"))))
                .isEmpty();
    }
}
