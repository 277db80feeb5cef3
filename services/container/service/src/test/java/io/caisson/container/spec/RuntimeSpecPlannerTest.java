package io.caisson.container.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.kernel.Fault;
import io.caisson.oci.Mount;
import io.caisson.oci.RuntimeSpec;
import io.caisson.oci.RuntimeSpec.DeviceRule;
import io.caisson.oci.RuntimeSpec.Namespace;
import io.caisson.oci.RuntimeSpec.Pids;
import io.caisson.oci.RuntimeSpec.Rlimit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuntimeSpecPlannerTest {
    private static final String SH = "{\"cmd\":[\"sh\"]}";

    @Test
    void shouldBeAsDockersWhenNothingIsAskedFor() {
        // When
        RuntimeSpec spec = Specs.plan(SH, "{}");

        // Then
        assertThat(spec.process().args()).containsExactly("sh");
        assertThat(spec.process().cwd()).isEqualTo("/");
        assertThat(spec.process().env())
                .containsExactly("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOSTNAME=box");
        assertThat(spec.process().capabilities().bounding())
                .containsExactlyInAnyOrder(
                        "CAP_CHOWN",
                        "CAP_DAC_OVERRIDE",
                        "CAP_FSETID",
                        "CAP_FOWNER",
                        "CAP_MKNOD",
                        "CAP_NET_RAW",
                        "CAP_SETGID",
                        "CAP_SETUID",
                        "CAP_SETFCAP",
                        "CAP_SETPCAP",
                        "CAP_NET_BIND_SERVICE",
                        "CAP_SYS_CHROOT",
                        "CAP_KILL",
                        "CAP_AUDIT_WRITE");
        assertThat(spec.process().capabilities().inheritable()).isNull();
        assertThat(spec.linux().namespaces()).extracting(Namespace::type).containsExactly("mount", "uts", "pid", "ipc");
        assertThat(spec.linux().maskedPaths()).contains("/proc/kcore", "/sys/firmware", "/proc/interrupts");
        assertThat(spec.linux().readonlyPaths()).contains("/proc/sys", "/proc/sysrq-trigger");
        assertThat(spec.linux().sysctl())
                .isEqualTo(Map.of(
                        "net.ipv4.ip_unprivileged_port_start", "0", "net.ipv4.ping_group_range", "0 2147483647"));
        assertThat(spec.linux().resources().memory()).isNull();
        assertThat(spec.linux().resources().cpu()).isNull();
        assertThat(spec.linux().resources().devices())
                .startsWith(new DeviceRule(false, null, null, null, "rwm"))
                .contains(new DeviceRule(true, "c", 1L, 3L, "rwm"))
                .endsWith(new DeviceRule(false, "c", 10L, 229L, "rwm"));
    }

    @Test
    void shouldMountTheKernelsFileSystemsThenTheUsersParentsFirst() {
        var spec = Specs.plan(
                SH,
                "{\"binds\":[\"/srv/a:/x/y/z:ro\",\"/srv/b:/x:rw,rslave\"],\"tmpfs\":{\"/run\":\"size=1m,exec\"},\"shmSize\":1024}");

        assertThat(spec.mounts())
                .extracting(Mount::destination)
                .containsExactly(
                        "/proc",
                        "/dev",
                        "/dev/pts",
                        "/sys",
                        "/sys/fs/cgroup",
                        "/dev/mqueue",
                        "/dev/shm",
                        "/run",
                        "/x",
                        "/x/y/z");
        assertThat(mount(spec, "/x/y/z").options()).containsExactly("rbind", "rro", "rprivate");
        assertThat(mount(spec, "/x").options()).containsExactly("rbind", "rslave");
        assertThat(mount(spec, "/run").options()).containsExactly("nosuid", "nodev", "rprivate", "size=1m", "exec");
        assertThat(mount(spec, "/dev/shm").options()).contains("size=1024");
        assertThat(spec.linux().rootfsPropagation()).isEqualTo("rslave");
    }

    @Test
    void shouldLeaveOutDefaultsThatTheUserMountsOver() {
        var spec = Specs.plan(SH, "{\"binds\":[\"/srv/dev:/dev\"]}");

        assertThat(spec.mounts())
                .extracting(Mount::destination)
                .containsExactly("/proc", "/sys", "/sys/fs/cgroup", "/dev");
    }

    @Test
    void shouldMapLimits() {
        var resources = Specs.plan(SH, """
                        {"memory":67108864,"nanoCpus":500000000,"pidsLimit":20,"cpuShares":512,"cpusetCpus":"0",
                         "memorySwappiness":10,"oomKillDisable":true,"blkioWeight":300}""").linux().resources();

        assertThat(resources.memory().limit()).isEqualTo(67108864);
        assertThat(resources.memory().swap()).isEqualTo(2 * 67108864L);
        assertThat(resources.memory().swappiness()).isEqualTo(10);
        assertThat(resources.memory().disableOOMKiller()).isTrue();
        assertThat(resources.cpu().quota()).isEqualTo(50_000);
        assertThat(resources.cpu().period()).isEqualTo(100_000);
        assertThat(resources.cpu().shares()).isEqualTo(512);
        assertThat(resources.cpu().cpus()).isEqualTo("0");
        assertThat(resources.pids()).isEqualTo(new Pids(20));
        assertThat(resources.blockIO().weight()).isEqualTo(300);
    }

    @Test
    void shouldNotAskForSwapWithoutBound() {
        assertThat(Specs.plan(SH, "{\"memory\":67108864,\"memorySwap\":-1}")
                        .linux()
                        .resources()
                        .memory()
                        .swap())
                .isNull();
        assertThat(Specs.plan(SH, "{\"memorySwap\":-1}").linux().resources().memory())
                .isNull();
    }

    @Test
    void shouldTakeTerminalEnvironmentAndProcessSettings() {
        var spec = Specs.plan(
                "{\"entrypoint\":[\"/bin/e\"],\"cmd\":[\"a\",\"b\"],\"tty\":true,\"workingDir\":\"/w\",\"env\":[\"PATH=/p\",\"A=1\",\"TERM\"]}",
                """
                {"consoleSize":[24,80],"oomScoreAdj":100,"readonlyRootfs":true,"securityOpt":["no-new-privileges"],
                 "ulimits":[{"name":"nofile","soft":10,"hard":20}],"capAdd":["sys_admin"],"capDrop":["CAP_CHOWN"],
                 "sysctls":{"net.ipv4.ip_unprivileged_port_start":"1024"}}""");

        assertThat(spec.process().args()).containsExactly("/bin/e", "a", "b");
        assertThat(spec.process().env()).containsExactly("PATH=/p", "HOSTNAME=box", "A=1");
        assertThat(spec.process().consoleSize().height()).isEqualTo(24);
        assertThat(spec.process().oomScoreAdj()).isEqualTo(100);
        assertThat(spec.process().noNewPrivileges()).isTrue();
        assertThat(spec.process().rlimits()).containsExactly(new Rlimit("RLIMIT_NOFILE", 20, 10));
        assertThat(spec.process().capabilities().effective())
                .contains("CAP_SYS_ADMIN")
                .doesNotContain("CAP_CHOWN");
        assertThat(spec.root().readonly()).isTrue();
        assertThat(spec.linux().sysctl()).containsEntry("net.ipv4.ip_unprivileged_port_start", "1024");
    }

    @Test
    void shouldShareNamespacesOfTheHost() {
        var spec = Specs.plan(
                SH, "{\"networkMode\":\"host\",\"pidMode\":\"host\",\"ipcMode\":\"host\",\"utsMode\":\"host\"}");

        assertThat(spec.linux().namespaces()).containsExactly(new Namespace("mount", null));
        assertThat(spec.hostname()).isNull();
        assertThat(spec.linux().sysctl()).isNull();
        assertThat(mount(spec, "/dev/shm").type()).isEqualTo("bind");
    }

    @Test
    void shouldLiftAllLimitsWhenPrivileged() {
        var device = new DeviceNode("/dev/kvm", "c", 10, 232, 432, 0, 108, "rwm");

        var spec = Specs.plan(SH, "{\"privileged\":true}", List.of(device));

        assertThat(spec.linux().seccomp()).isNull();
        assertThat(spec.linux().maskedPaths()).isEmpty();
        assertThat(spec.linux().resources().devices()).containsExactly(new DeviceRule(true, null, null, null, "rwm"));
        assertThat(spec.linux().devices()).hasSize(1);
        assertThat(mount(spec, "/sys").options()).contains("rw");
        assertThat(spec.process().capabilities().bounding()).hasSize(41);
    }

    @Test
    void shouldLetMoreCallsThroughWithMoreCapabilities() {
        assertThat(allowed("{}"))
                .contains("openat2", "ptrace", "chroot", "arch_prctl")
                .doesNotContain("mount", "bpf");
        assertThat(allowed("{\"capAdd\":[\"SYS_ADMIN\"]}")).contains("mount", "clone3", "setns");
        assertThat(allowed("{\"capDrop\":[\"ALL\"]}")).doesNotContain("chroot");
        assertThat(Specs.plan(SH, "{\"securityOpt\":[\"seccomp=unconfined\"]}")
                        .linux()
                        .seccomp())
                .isNull();
    }

    @Test
    void shouldTakeAProfileThatComesWithTheRequest() {
        var seccomp = Specs.plan(SH, """
                        {"securityOpt":["seccomp={\\"defaultAction\\":\\"SCMP_ACT_ALLOW\\",\\"syscalls\\":[\
                        {\\"names\\":[\\"mkdir\\"],\\"action\\":\\"SCMP_ACT_ERRNO\\"},\
                        {\\"name\\":\\"bpf\\",\\"action\\":\\"SCMP_ACT_ERRNO\\",\\"includes\\":{\\"caps\\":[\\"CAP_BPF\\"]}}]}"]}""").linux().seccomp();

        assertThat(seccomp.defaultAction()).isEqualTo("SCMP_ACT_ALLOW");
        assertThat(seccomp.syscalls()).hasSize(1);
        assertThat(seccomp.syscalls().getFirst().names()).containsExactly("mkdir");
        assertInvalid("{\"securityOpt\":[\"seccomp=nonsense\"]}", "Decoding seccomp profile failed");
    }

    @Test
    void shouldRefuseWhatNobodyKnows() {
        assertInvalid("{\"capAdd\":[\"FLY\"]}", "invalid CapAdd: unknown capability: \"CAP_FLY\"");
        assertInvalid("{\"securityOpt\":[\"frob=1\"]}", "invalid --security-opt 2: \"frob=1\"");
        assertInvalid("{\"deviceCgroupRules\":[\"x\"]}", "invalid device cgroup rule format: 'x'");
    }

    private static void assertInvalid(String host, String message) {
        assertThatThrownBy(() -> Specs.plan(SH, host))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.INVALID));
    }

    private static List<String> allowed(String host) {
        return Specs.plan(SH, host).linux().seccomp().syscalls().getFirst().names();
    }

    private static Mount mount(RuntimeSpec spec, String destination) {
        return spec.mounts().stream()
                .filter(mount -> mount.destination().equals(destination))
                .findFirst()
                .orElseThrow();
    }
}
