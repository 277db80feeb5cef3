package io.caisson.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.caisson.linux.Root;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class CgroupsRootIT {
    private final Cgroups cgroups = Cgroups.detect();
    private final String group = "/caisson-test-" + ProcessHandle.current().pid();

    @AfterEach
    void remove() {
        assertThat(cgroups.remove(group)).isTrue();
    }

    @Test
    void shouldSeeAndRemoveAGroupWhenAProcessLivesInIt() throws Exception {
        // Given
        Path folder = cgroups.layout().folder("pids", group + "/child").orElse(null);
        assumeThat(folder).as("a hierarchy with the pids controller").isNotNull();
        assumeThat(folder.getParent().getParent()).isWritable();
        Files.createDirectories(folder);
        Process process = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(folder.resolve("cgroup.procs"), Long.toString(process.pid()));

            // Then
            assertThat(cgroups.processes(group + "/child")).containsExactly(process.pid());
            assertThat(cgroups.children(group)).containsExactly("child");
            assertThat(cgroups.remove(group)).isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(cgroups.remove(group)).isTrue();
        assertThat(folder).doesNotExist();
        assertThat(cgroups.children(group)).isEmpty();
    }
}
