package io.caisson.linux.cgroup;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads one group's usage; each controller from the hierarchy it is in. */
final class UsageReader {
    private static final long MICROSECOND = 1000;
    /** Version 1 counts these in hundredths of a second. */
    private static final long TICK = 10_000_000;

    private final CgroupLayout layout;
    private final String group;

    UsageReader(CgroupLayout layout, String group) {
        this.layout = layout;
        this.group = group;
    }

    CgroupUsage read() {
        return new CgroupUsage(
                isFirst("cpuacct") ? firstCpu() : secondCpu(),
                isFirst("memory") ? firstMemory() : secondMemory(),
                new CgroupUsage.Pids(
                        files("pids").number("pids.current"), files("pids").limit("pids.max")),
                isFirst("blkio") ? firstIo() : secondIo());
    }

    private boolean isFirst(String controller) {
        return layout.controllers().containsKey(controller);
    }

    private CgroupFiles files(String controller) {
        return new CgroupFiles(layout.folder(controller, group));
    }

    private CgroupUsage.Cpu firstCpu() {
        CgroupFiles files = files("cpuacct");
        Map<String, Long> times = files.table("cpuacct.stat");
        Map<String, Long> throttling = files("cpu").table("cpu.stat");
        return new CgroupUsage.Cpu(
                files.number("cpuacct.usage"),
                times.getOrDefault("user", 0L) * TICK,
                times.getOrDefault("system", 0L) * TICK,
                files.numbers("cpuacct.usage_percpu"),
                throttling.getOrDefault("nr_periods", 0L),
                throttling.getOrDefault("nr_throttled", 0L),
                throttling.getOrDefault("throttled_time", 0L));
    }

    private CgroupUsage.Cpu secondCpu() {
        Map<String, Long> stat = files("cpu").table("cpu.stat");
        return new CgroupUsage.Cpu(
                stat.getOrDefault("usage_usec", 0L) * MICROSECOND,
                stat.getOrDefault("user_usec", 0L) * MICROSECOND,
                stat.getOrDefault("system_usec", 0L) * MICROSECOND,
                List.of(),
                stat.getOrDefault("nr_periods", 0L),
                stat.getOrDefault("nr_throttled", 0L),
                stat.getOrDefault("throttled_usec", 0L) * MICROSECOND);
    }

    private CgroupUsage.Memory firstMemory() {
        CgroupFiles files = files("memory");
        return new CgroupUsage.Memory(
                files.number("memory.usage_in_bytes"),
                files.number("memory.max_usage_in_bytes"),
                files.limit("memory.limit_in_bytes"),
                files.number("memory.failcnt"),
                files.table("memory.stat"));
    }

    private CgroupUsage.Memory secondMemory() {
        CgroupFiles files = files("memory");
        return new CgroupUsage.Memory(
                files.number("memory.current"),
                files.number("memory.peak"),
                files.limit("memory.max"),
                files.table("memory.events").getOrDefault("max", 0L),
                files.table("memory.stat"));
    }

    /** Lines such as {@code 8:0 Read 4096}. */
    private List<CgroupUsage.Io> firstIo() {
        var devices = new TreeMap<String, long[]>();
        collect(devices, "blkio.throttle.io_service_bytes_recursive", 0);
        collect(devices, "blkio.throttle.io_serviced_recursive", 2);
        return devices.entrySet().stream()
                .map(entry -> io(entry.getKey().split(":"), entry.getValue()))
                .toList();
    }

    private void collect(Map<String, long[]> devices, String file, int at) {
        files("blkio").rows(file).filter(words -> words.length == 4).forEach(words -> {
            int slot = words[2].equals("Read") ? at : words[2].equals("Write") ? at + 1 : -1;
            if (slot >= 0) {
                devices.computeIfAbsent(words[0] + ":" + words[1], _ -> new long[4])[slot] =
                        CgroupFiles.number(words[3], 0);
            }
        });
    }

    private static CgroupUsage.Io io(String[] device, long[] values) {
        return new CgroupUsage.Io(
                CgroupFiles.number(device[0], 0),
                CgroupFiles.number(device[1], 0),
                values[0],
                values[1],
                values[2],
                values[3]);
    }

    /** Lines such as {@code 8:0 rbytes=4096 wbytes=0 rios=1 wios=0 dbytes=0 dios=0}. */
    private List<CgroupUsage.Io> secondIo() {
        return files("io")
                .rows("io.stat")
                .filter(words -> words.length >= 10)
                .map(UsageReader::row)
                .toList();
    }

    private static CgroupUsage.Io row(String[] words) {
        var values = new long[4];
        List<String> names = List.of("rbytes", "wbytes", "rios", "wios");
        for (int i = 2; i + 1 < words.length; i += 2) {
            int slot = names.indexOf(words[i]);
            if (slot >= 0) {
                values[slot] = CgroupFiles.number(words[i + 1], 0);
            }
        }
        return io(words, values);
    }
}
