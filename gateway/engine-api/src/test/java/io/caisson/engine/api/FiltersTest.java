package io.caisson.engine.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FiltersTest {
    @Test
    void shouldReadBothForms() {
        assertThat(Filters.parse("{\"label\":{\"a=b\":true,\"c\":true,\"d\":false},\"name\":{\"x\":true}}"))
                .isEqualTo(Map.of("label", List.of("a=b", "c"), "name", List.of("x")));
        assertThat(Filters.parse("{\"label\":[\"a=b\",\"c\"]}")).isEqualTo(Map.of("label", List.of("a=b", "c")));
        assertThat(Filters.parse("")).isEmpty();
        assertThat(Filters.parse(null)).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoFilter() {
        assertThatThrownBy(() -> Filters.parse("[]")).hasMessageStartingWith("invalid filter");
        assertThatThrownBy(() -> Filters.parse("{")).hasMessageStartingWith("invalid filter");
        assertThatThrownBy(() -> Filters.check(Map.of("colour", List.of("red")), Set.of("label")))
                .hasMessage("invalid filter 'colour'");
    }
}
