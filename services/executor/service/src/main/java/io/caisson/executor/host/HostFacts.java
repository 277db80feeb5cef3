package io.caisson.executor.host;

import io.caisson.executor.api.HostInfo;
import io.caisson.linux.Sysctl;
import io.caisson.linux.cgroup.CgroupLayout;
import io.caisson.linux.cgroup.Cgroups;
import io.caisson.linux.process.Command;
import io.caisson.linux.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gathers what {@code info} and {@code version} tell of a host. Blocks. */
public final class HostFacts {
    private static final Path SECCOMP = Path.of("/proc/sys/kernel/seccomp");
    private static final Path APPARMOR = Path.of("/sys/module/apparmor/parameters/enabled");
    private static final long KIB = 1024;

    private HostFacts() {}

    /** @param runtime the OCI runtime's program */
    public static HostInfo gather(String runtime) throws IOException {
        CgroupLayout layout = Cgroups.detect().layout();
        var release = OsRelease.read();
        var limits = CgroupLimits.of(layout);
        boolean forwarding = Sysctl.read("net.ipv4.ip_forward").equals("1");
        return new HostInfo(
                Sysctl.read("kernel.hostname"),
                Sysctl.read("kernel.osrelease"),
                release.prettyName(),
                release.version(),
                architecture(),
                Runtime.getRuntime().availableProcessors(),
                memory(),
                limits.version(),
                "cgroupfs",
                Path.of(runtime).getFileName().toString(),
                runtimeVersion(runtime),
                securityOptions(limits.version()),
                limits.memory(),
                limits.swap(),
                limits.cfs(),
                limits.shares(),
                limits.cpuSet(),
                limits.pids(),
                limits.oomKillDisable(),
                forwarding,
                limits.warnings(),
                LimitSurvey.of(layout));
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "");
        return name.equals("amd64") ? "x86_64" : name;
    }

    static long memory() throws IOException {
        return Files.readString(Path.of("/proc/meminfo"))
                .lines()
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
                .findFirst()
                .orElse(0L);
    }

    /** Of {@code runc version 1.1.5+ds1}: {@code 1.1.5+ds1}. */
    private static String runtimeVersion(String runtime) {
        String output = Processes.run(Command.of(runtime, "--version")).output();
        String first = output.lines().findFirst().orElse("");
        return first.substring(first.lastIndexOf(' ') + 1);
    }

    private static List<String> securityOptions(int cgroupVersion) throws IOException {
        var options = new ArrayList<String>();
        if (Files.isReadable(APPARMOR) && Files.readString(APPARMOR).startsWith("Y")) {
            options.add("name=apparmor");
        }
        if (Files.isDirectory(SECCOMP)) {
            options.add("name=seccomp,profile=builtin");
        }
        if (cgroupVersion == 2) {
            options.add("name=cgroupns");
        }
        return options;
    }
}
