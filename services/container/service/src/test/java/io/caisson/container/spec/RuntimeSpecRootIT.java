package io.caisson.container.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caisson.bus.wire.WireJson;
import io.caisson.kernel.Ids;
import io.caisson.oci.RuntimeSpec;
import io.caisson.oci.RuntimeSpec.Namespace;
import io.caisson.testkit.BusyboxRootfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real runtime accepts what is planned, and the kernel does what it says. */
class RuntimeSpecRootIT {
    @TempDir
    Path bundle;

    @BeforeEach
    void requireRootAndRuntime() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/runc")) || Files.isExecutable(Path.of("/usr/bin/runc")),
                "needs runc");
        assumeTrue(BusyboxRootfs.available(), "needs a static busybox");
        var _ = BusyboxRootfs.build(bundle.resolve("rootfs"));
    }

    /** The runtime removes the container's own control groups, not their parent. */
    @AfterEach
    void removeControlGroups() throws IOException {
        try (var hierarchies = Files.newDirectoryStream(Path.of("/sys/fs/cgroup"))) {
            for (Path hierarchy : hierarchies) {
                var _ = hierarchy.resolve("caisson-t").toFile().delete();
            }
        }
        var _ = Path.of("/sys/fs/cgroup/caisson-t").toFile().delete();
    }

    @Test
    void shouldConfineByDefault() throws Exception {
        String output = run("{}", """
                grep -e CapEff -e CapInh -e Seccomp: /proc/self/status
                hostname; echo HOSTNAME=$HOSTNAME
                unshare -m true 2>/dev/null || echo no-unshare
                mount -t tmpfs none /tmp 2>/dev/null || echo no-mount
                echo 1 2>/dev/null > /proc/sys/kernel/panic || echo proc-sys-read-only
                head -c 1 /proc/kcore | wc -c
                df -k /dev/shm | tail -1 | awk '{print "shm", $2}'
                ls /dev | tr '\\n' ' '
                cat /proc/sys/net/ipv4/ip_unprivileged_port_start
                """);

        assertThat(output)
                .contains("CapEff:\t00000000a80425fb")
                .contains("CapInh:\t0000000000000000")
                .contains("Seccomp:\t2")
                .contains("box\nHOSTNAME=box")
                .contains("no-unshare")
                .contains("no-mount")
                .contains("proc-sys-read-only")
                .contains("shm 65536")
                .contains("full", "null", "ptmx", "random", "tty", "urandom", "zero");
    }

    @Test
    void shouldLimit() throws Exception {
        String output = run(
                "{\"memory\":67108864,\"nanoCpus\":500000000,\"pidsLimit\":20,\"ulimits\":[{\"name\":\"nofile\",\"soft\":64,\"hard\":64}],\"readonlyRootfs\":true}",
                """
                cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null
                cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null
                ulimit -n
                touch /x 2>/dev/null || echo read-only
                """);

        assertThat(output.lines()).contains("67108864", "20", "64", "read-only");
    }

    @Test
    void shouldMountWhatTheUserAsksFor() throws Exception {
        Path source = Files.createDirectories(bundle.resolve("source/deep"));
        Files.writeString(source.resolve("file"), "content");
        String output = run(
                "{\"binds\":[\"" + bundle.resolve("source") + ":/in/here:ro\"],\"tmpfs\":{\"/scratch\":\"size=1m\"}}",
                """
                cat /in/here/deep/file; echo
                touch /in/here/x 2>/dev/null || echo read-only
                df -k /scratch | tail -1 | awk '{print "scratch", $2}'
                """);

        assertThat(output.lines()).contains("content", "read-only", "scratch 1024");
    }

    private String run(String host, String script) throws Exception {
        String config = WireJson.mapper().writeValueAsString(new Config(List.of("sh", "-c", script)));
        RuntimeSpec spec = Specs.plan(config, host);
        Files.writeString(bundle.resolve("config.json"), WireJson.mapper().writeValueAsString(withNetwork(spec)));
        Process process = new ProcessBuilder(
                        "runc",
                        "--root",
                        bundle.resolve("state").toString(),
                        "run",
                        "--bundle",
                        bundle.toString(),
                        "t" + Ids.hex(8))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private record Config(List<String> cmd) {}

    /** What the executor adds. */
    private static RuntimeSpec withNetwork(RuntimeSpec spec) {
        List<Namespace> namespaces = new ArrayList<>(spec.linux().namespaces());
        namespaces.add(new Namespace("network", null));
        var linux = spec.linux();
        return new RuntimeSpec(
                spec.ociVersion(),
                spec.process(),
                spec.root(),
                spec.hostname(),
                spec.domainname(),
                spec.mounts(),
                new RuntimeSpec.Linux(
                        namespaces,
                        linux.devices(),
                        linux.cgroupsPath(),
                        linux.resources(),
                        linux.rootfsPropagation(),
                        linux.seccomp(),
                        linux.maskedPaths(),
                        linux.readonlyPaths(),
                        linux.sysctl(),
                        linux.mountLabel()),
                spec.annotations());
    }
}
