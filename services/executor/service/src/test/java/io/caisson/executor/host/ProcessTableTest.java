package io.caisson.executor.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.kernel.Fault;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
    @Test
    void shouldKeepChosenRowsAndBlanksOfTheLastColumn() {
        String output = "UID  PID CMD\nroot   7 sh -c  true\nroot 8 other\n";

        var table = ProcessTable.parse(output, Set.of(7L));

        assertThat(table.titles()).containsExactly("UID", "PID", "CMD");
        assertThat(table.processes()).containsExactly(List.of("root", "7", "sh -c true"));
    }

    @Test
    void shouldRefuseATableWithoutPids() {
        assertThatThrownBy(() -> ProcessTable.parse("CMD\nsh\n", Set.of(7L)))
                .isInstanceOf(Fault.class)
                .hasMessage("Couldn't find PID field in ps output");
    }
}
