package io.caisson.container.spec;

import io.caisson.container.api.ContainerConfig;
import io.caisson.container.api.HostConfig;
import io.caisson.container.model.Absent;
import io.caisson.oci.RuntimeSpec;
import io.caisson.oci.RuntimeSpec.Capabilities;
import io.caisson.oci.RuntimeSpec.ConsoleSize;
import io.caisson.oci.RuntimeSpec.Rlimit;
import io.caisson.oci.RuntimeSpec.Root;
import io.caisson.oci.RuntimeSpec.Seccomp;
import io.caisson.oci.RuntimeSpec.User;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A container's runtime specification, complete but for what only its node knows: user ids, network namespace, root path
 * and generated files, which the executor fills in.
 */
public final class RuntimeSpecPlanner {
    private static final String VERSION = "1.0.2";

    private RuntimeSpecPlanner() {}

    /** @throws io.caisson.kernel.Fault INVALID for what can never run, UNSUPPORTED for what nobody implements yet */
    public static RuntimeSpec plan(SpecInput input) {
        HostConfig host = input.definition().hostConfig();
        SecurityOptions security = SecurityOptions.parse(host);
        DevicePlanner.refuseRequests(host);
        boolean ownName = !Absent.text(host.utsMode()).equals("host");
        return new RuntimeSpec(
                VERSION,
                process(input, security),
                new Root("rootfs", host.readonlyRootfs()),
                ownName ? input.hostname() : null,
                null,
                MountsPlanner.plan(input, security),
                linux(input, security, ownName),
                Absent.map(host.annotations()).isEmpty() ? null : host.annotations());
    }

    private static RuntimeSpec.Process process(SpecInput input, SecurityOptions security) {
        ContainerConfig config = input.definition().config();
        HostConfig host = input.definition().hostConfig();
        List<String> capabilities = CapabilityPlanner.plan(host);
        return new RuntimeSpec.Process(
                config.tty(),
                config.tty() ? consoleSize(host.consoleSize()) : null,
                new User(0, 0, null, null),
                input.definition().command(),
                EnvironmentPlanner.plan(config, input.hostname(), input.links()),
                Absent.text(config.workingDir(), "/"),
                new Capabilities(capabilities, capabilities, capabilities, null, null),
                rlimits(host),
                security.noNewPrivileges(),
                input.node().apparmor() ? apparmor(security, host) : null,
                null,
                host.oomScoreAdj());
    }

    private static @Nullable String apparmor(SecurityOptions security, HostConfig host) {
        String profile = host.privileged() ? "unconfined" : security.apparmor();
        return profile.isEmpty() ? null : profile;
    }

    private static @Nullable ConsoleSize consoleSize(@Nullable List<Integer> size) {
        List<Integer> known = Absent.list(size);
        return known.size() == 2 && known.getFirst() > 0 && known.getLast() > 0
                ? new ConsoleSize(known.getFirst(), known.getLast())
                : null;
    }

    private static @Nullable List<Rlimit> rlimits(HostConfig host) {
        List<Rlimit> limits = Absent.list(host.ulimits()).stream()
                .map(limit -> new Rlimit(
                        "RLIMIT_" + Absent.text(limit.name()).toUpperCase(Locale.ROOT), limit.hard(), limit.soft()))
                .toList();
        return limits.isEmpty() ? null : limits;
    }

    private static RuntimeSpec.Linux linux(SpecInput input, SecurityOptions security, boolean ownName) {
        HostConfig host = input.definition().hostConfig();
        return new RuntimeSpec.Linux(
                NamespacePlanner.plan(host, input.pidNamespace(), input.ipcNamespace()),
                DevicePlanner.nodes(input.devices()),
                input.cgroupsPath(),
                ResourcePlanner.plan(input),
                MountsPlanner.rootPropagation(input.definition().mounts()),
                seccomp(input, security),
                host.privileged() ? List.of() : Absent.list(host.maskedPaths()),
                host.privileged() ? List.of() : Absent.list(host.readonlyPaths()),
                sysctls(host, ownName ? Absent.text(input.definition().config().domainname()) : ""),
                null);
    }

    private static @Nullable Seccomp seccomp(SpecInput input, SecurityOptions security) {
        HostConfig host = input.definition().hostConfig();
        if ((host.privileged() && security.seccomp().isEmpty())
                || security.seccomp().equals("unconfined")) {
            return null;
        }
        var capabilities = Set.copyOf(CapabilityPlanner.plan(host));
        String architecture = input.node().architecture();
        return security.seccomp().isEmpty()
                ? SeccompDefaults.profile(capabilities, architecture)
                : SeccompProfile.parse(security.seccomp(), capabilities, architecture);
    }

    /**
     * With a network of its own a container may use all ports and send pings without privileges.
     *
     * @param domain goes by a parameter, as not every runtime knows the specification's own field
     */
    private static @Nullable Map<String, String> sysctls(HostConfig host, String domain) {
        Map<String, String> sysctls = new TreeMap<>();
        if (!domain.isEmpty()) {
            sysctls.put("kernel.domainname", domain);
        }
        String network = Absent.text(host.networkMode());
        if (!network.equals("host") && !network.startsWith("container:")) {
            sysctls.put("net.ipv4.ip_unprivileged_port_start", "0");
            sysctls.put("net.ipv4.ping_group_range", "0 2147483647");
        }
        sysctls.putAll(Absent.map(host.sysctls()));
        return sysctls.isEmpty() ? null : sysctls;
    }
}
