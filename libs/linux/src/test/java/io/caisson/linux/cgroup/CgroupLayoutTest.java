package io.caisson.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.linux.MountInfo;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CgroupLayoutTest {
    private static final String V1 = """
            33 25 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid - cgroup cgroup rw,cpu,cpuacct
            34 25 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            35 25 0:30 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,release_agent=/x,name=systemd
            """;
    private static final String V2 = "41 31 0:38 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n";

    @Test
    void shouldKnowTheKindWhenMountsAreGiven() {
        assertThat(layout("").kind()).isEqualTo(CgroupLayout.Kind.NONE);
        assertThat(layout(V1).kind()).isEqualTo(CgroupLayout.Kind.V1);
        assertThat(layout(V2).kind()).isEqualTo(CgroupLayout.Kind.V2);
        assertThat(layout(V1 + V2).kind()).isEqualTo(CgroupLayout.Kind.HYBRID);
    }

    @Test
    void shouldFindAControllerWhereItActs() {
        CgroupLayout hybrid = layout(V1 + V2);

        assertThat(hybrid.controllers()).containsOnlyKeys("cpu", "cpuacct", "memory", "name=systemd");
        assertThat(hybrid.folder("cpuacct", "/c/1")).hasValue(Path.of("/sys/fs/cgroup/cpu,cpuacct/c/1"));
        assertThat(hybrid.folder("pids", "/c/1")).hasValue(Path.of("/sys/fs/cgroup/c/1"));
        assertThat(layout(V1).folder("pids", "/c/1")).isEmpty();
    }

    @Test
    void shouldRefuseWhenAGroupClimbs() {
        assertThatThrownBy(() -> layout(V2).folder("cpu", "/../x")).isInstanceOf(IllegalArgumentException.class);
    }

    private static CgroupLayout layout(String mountinfo) {
        return CgroupLayout.of(MountInfo.parse(mountinfo));
    }
}
