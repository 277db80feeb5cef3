package io.caisson.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelFilterTest {
    private static final Map<String, String> LABELS = Map.of("a", "1", "b", "");

    @Test
    void shouldMatchByKeyOrByKeyAndValue() {
        assertThat(new LabelFilter(List.of("a", "a=1", "b="), List.of())).accepts(LABELS);
        assertThat(new LabelFilter(List.of("a=2"), List.of())).rejects(LABELS);
        assertThat(new LabelFilter(List.of("a", "c"), List.of())).rejects(LABELS);
    }

    @Test
    void shouldNotMatchWhatIsUnwanted() {
        assertThat(LabelFilter.of(Map.of("label", List.of("a"), "label!", List.of("b"))))
                .rejects(LABELS)
                .accepts(Map.of("a", ""));
    }
}
