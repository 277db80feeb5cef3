package io.caisson.engine.api.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.metadata.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventFilterTest {
    private static final Event DIED =
            new Event("local", "container", "die", "abc123", Map.of("name", "web", "image", "busybox:1", "a", "b"), 1);
    private static final Event EXECUTED =
            new Event("local", "container", "exec_start: sh -c x", "abc123", Map.of("name", "web"), 1);
    private static final Event PULLED = new Event("local", "image", "pull", "busybox:1", Map.of("name", "busybox"), 1);

    private static boolean test(Event event, String key, String... values) {
        return EventFilter.of(Map.of(key, List.of(values))).test(event);
    }

    @Test
    void shouldMatchObjectsByStartOfIdOrName() {
        assertThat(test(DIED, "container", "abc")).isTrue();
        assertThat(test(DIED, "container", "we")).isTrue();
        assertThat(test(DIED, "container", "x", "web")).isTrue();
        assertThat(test(DIED, "container", "eb")).isFalse();
        assertThat(test(PULLED, "container", "web")).isFalse();
    }

    @Test
    void shouldMatchActionsTypesLabelsAndImages() {
        assertThat(test(DIED, "event", "die")).isTrue();
        assertThat(test(DIED, "event", "di")).isFalse();
        assertThat(test(EXECUTED, "event", "exec_start")).isTrue();
        assertThat(test(DIED, "type", "container")).isTrue();
        assertThat(test(DIED, "type", "image")).isFalse();
        assertThat(test(DIED, "label", "a")).isTrue();
        assertThat(test(DIED, "label", "a=b")).isTrue();
        assertThat(test(DIED, "label", "a=c")).isFalse();
        assertThat(test(DIED, "image", "busybox")).isTrue();
        assertThat(test(DIED, "image", "busybox:1")).isTrue();
        assertThat(test(PULLED, "image", "busybox")).isTrue();
        assertThat(test(PULLED, "image", "alpine")).isFalse();
    }

    @Test
    void shouldWantAllFiltersToAgree() {
        var filter = EventFilter.of(Map.of("type", List.of("container"), "event", List.of("start", "die")));

        assertThat(filter.test(DIED)).isTrue();
        assertThat(filter.test(EXECUTED)).isFalse();
        assertThatThrownBy(() -> EventFilter.of(Map.of("colour", List.of("red"))))
                .hasMessage("invalid filter 'colour'");
    }
}
