package io.caisson.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupsTest {
    @TempDir
    Path mount;

    @Test
    void shouldReadEveryNumberWhenVersionIsTwo() throws IOException {
        // Given
        write(
                "g/cpu.stat",
                "usage_usec 10\nuser_usec 6\nsystem_usec 4\nnr_periods 3\nnr_throttled 2\nthrottled_usec 1\n");
        write("g/memory.current", "4096\n");
        write("g/memory.peak", "8192\n");
        write("g/memory.max", "max\n");
        write("g/memory.events", "low 0\nhigh 0\nmax 5\noom 1\n");
        write("g/memory.stat", "anon 100\nfile 200\n");
        write("g/pids.current", "7\n");
        write("g/pids.max", "100\n");
        write("g/io.stat", "8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=0 dios=0\n7:1 \n");

        // When
        CgroupUsage usage = new Cgroups(new CgroupLayout(Map.of(), mount)).usage("/g");

        // Then
        assertThat(usage.cpu()).isEqualTo(new CgroupUsage.Cpu(10_000, 6_000, 4_000, List.of(), 3, 2, 1_000));
        assertThat(usage.memory())
                .isEqualTo(new CgroupUsage.Memory(
                        4096, 8192, CgroupUsage.UNLIMITED, 5, Map.of("anon", 100L, "file", 200L)));
        assertThat(usage.pids()).isEqualTo(new CgroupUsage.Pids(7, 100));
        assertThat(usage.io()).containsExactly(new CgroupUsage.Io(8, 0, 1, 2, 3, 4));
    }

    @Test
    void shouldReadEveryNumberWhenVersionIsOne() throws IOException {
        // Given
        write("cpu/g/cpuacct.usage", "12345\n");
        write("cpu/g/cpuacct.stat", "user 2\nsystem 1\n");
        write("cpu/g/cpuacct.usage_percpu", "12000 345 \n");
        write("cpu/g/cpu.stat", "nr_periods 3\nnr_throttled 2\nthrottled_time 9\n");
        write("memory/g/memory.usage_in_bytes", "4096\n");
        write("memory/g/memory.max_usage_in_bytes", "8192\n");
        write("memory/g/memory.limit_in_bytes", "9223372036854771712\n");
        write("memory/g/memory.failcnt", "1\n");
        write("memory/g/memory.stat", "cache 5\n");
        write(
                "blkio/g/blkio.throttle.io_service_bytes_recursive",
                "8:0 Read 1\n8:0 Write 2\n8:0 Sync 2\n8:0 Total 3\nTotal 3\n");
        write("blkio/g/blkio.throttle.io_serviced_recursive", "8:0 Read 3\n8:0 Write 4\n8:0 Total 7\nTotal 7\n");
        var layout = new CgroupLayout(
                Map.of(
                        "cpu", mount.resolve("cpu"),
                        "cpuacct", mount.resolve("cpu"),
                        "memory", mount.resolve("memory"),
                        "blkio", mount.resolve("blkio")),
                null);

        // When
        CgroupUsage usage = new Cgroups(layout).usage("/g");

        // Then
        assertThat(usage.cpu())
                .isEqualTo(new CgroupUsage.Cpu(12345, 20_000_000, 10_000_000, List.of(12000L, 345L), 3, 2, 9));
        assertThat(usage.memory())
                .isEqualTo(new CgroupUsage.Memory(4096, 8192, CgroupUsage.UNLIMITED, 1, Map.of("cache", 5L)));
        assertThat(usage.pids()).isEqualTo(new CgroupUsage.Pids(0, CgroupUsage.UNLIMITED));
        assertThat(usage.io()).containsExactly(new CgroupUsage.Io(8, 0, 1, 2, 3, 4));
    }

    @Test
    void shouldBeZeroWhenTheGroupHasGone() {
        CgroupUsage usage = new Cgroups(new CgroupLayout(Map.of(), mount)).usage("/none");

        assertThat(usage.memory().usage()).isZero();
        assertThat(usage.io()).isEmpty();
    }

    private void write(String file, String content) throws IOException {
        Path path = mount.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
