package io.caisson.executor.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.executor.api.LimitSupport;
import io.caisson.executor.api.TaskUsage.Flow;
import io.caisson.executor.api.TaskUsage.Traffic;
import io.caisson.linux.cgroup.CgroupLayout;
import io.caisson.linux.cgroup.Cgroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageMeterTest {
    @TempDir
    Path mount;

    private void write(String file, String text) throws IOException {
        Path path = mount.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void shouldAddUpTheHostsTimeAsDockerDoes() {
        HostClock clock = HostClock.parse(
                List.of("cpu  1 2 3 4 5 6 7 100 100 0", "cpu0 1 1 1 1 1 1 1 1", "cpu1 0 1 2 3 4 5 6 7", "intr 5"));

        assertThat(clock).isEqualTo(new HostClock(280_000_000, 2));
    }

    @Test
    void shouldTellOnlyWantedInterfaces() {
        List<Traffic> traffic = InterfaceTable.parse(
                List.of(
                        "Inter-|   Receive |  Transmit",
                        " face |bytes packets |bytes",
                        "    lo: 9 9 9 9 0 0 0 0 9 9 9 9 0 0 0 0",
                        "  eth0:1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0"),
                "eth0"::equals);

        assertThat(traffic).containsExactly(new Traffic("eth0", new Flow(1, 2, 3, 4), new Flow(5, 6, 7, 8)));
    }

    @Test
    void shouldTellTheHostsMemoryWhenThereIsNoLimit() throws IOException {
        write("g/memory.current", "4096\n");
        write("g/memory.max", "max\n");
        var usage = new Cgroups(new CgroupLayout(Map.of(), mount)).usage("/g");

        var told = UsageMeter.mapped(usage, new HostClock(1, 2), List.of(), 2, 1 << 20);

        assertThat(told.memory().usage()).isEqualTo(4096);
        assertThat(told.memory().limit()).isEqualTo(1 << 20);
        assertThat(told.cpu().online()).isEqualTo(2);
    }

    @Test
    void shouldFindLimitsOfTheFirstVersionByTheirFiles() throws IOException {
        write("memory/memory.limit_in_bytes", "1\n");
        write("memory/memory.oom_control", "1\n");
        write("cpuset/cpuset.cpus", "0-3\n");
        write("blkio/blkio.throttle.read_bps_device", "");
        var controllers = Map.of(
                "memory", mount.resolve("memory"),
                "cpuset", mount.resolve("cpuset"),
                "blkio", mount.resolve("blkio"));

        LimitSupport first = LimitSurvey.of(new CgroupLayout(controllers, null));
        LimitSupport hybrid = LimitSurvey.of(new CgroupLayout(controllers, mount.resolve("unified")));

        assertThat(first)
                .isEqualTo(new LimitSupport(
                        true, false, false, false, true, false, false, false, false, "0-3", "", false, false, true))
                .isEqualTo(hybrid);
    }

    @Test
    void shouldFindLimitsOfTheSecondVersionByItsControllers() throws IOException {
        write("cgroup.controllers", "cpuset cpu io memory pids\n");
        write("cpuset.cpus.effective", "0-1\n");
        write("cpuset.mems.effective", "0\n");

        LimitSupport support = LimitSurvey.of(new CgroupLayout(Map.of(), mount));

        assertThat(support)
                .isEqualTo(new LimitSupport(
                        true, true, true, false, false, true, true, true, false, "0-1", "0", true, true, true));
    }
}
