package io.caisson.container.config;

import io.caisson.container.api.HostConfig;
import io.caisson.container.api.HostConfig.RestartPolicy;
import io.caisson.container.model.Absent;
import io.caisson.kernel.Fault;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a container's host configuration must be like; faults carry Docker's words. */
public final class HostConfigRules {
    private static final Set<String> RUNTIMES = Set.of("", "runc", "io.containerd.runc.v2");
    private static final Set<String> IPC = Set.of("", "none", "private", "shareable", "host");
    private static final String CONTAINER = "container:";

    private HostConfigRules() {}

    public static void check(HostConfig host) {
        checkRestart(host.restartPolicy(), host.autoRemove());
        checkModes(host);
        checkSmallThings(host);
        ResourceRules.check(host);
    }

    /** Of changes to a container that there is. */
    public static void checkUpdate(HostConfig changes) {
        checkRestart(changes.restartPolicy(), false);
        ResourceRules.checkChanges(changes);
    }

    private static void checkRestart(@Nullable RestartPolicy policy, boolean autoRemove) {
        String name = policy == null ? "" : Absent.text(policy.name());
        int retries = policy == null ? 0 : policy.maximumRetryCount();
        switch (name) {
            case "", "no", "always", "unless-stopped" -> {
                if (retries != 0) {
                    throw Fault.invalid("invalid restart policy: maximum retry count can only be used with 'on-failure'"
                            + (retries < 0 ? " and cannot be negative" : ""));
                }
            }
            case "on-failure" -> {
                if (retries < 0) {
                    throw Fault.invalid("invalid restart policy: maximum retry count cannot be negative");
                }
            }
            default ->
                throw Fault.invalid("invalid restart policy: unknown policy '" + name
                        + "'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'");
        }
        if (autoRemove && !name.isEmpty() && !name.equals("no")) {
            throw Fault.invalid("can't create 'AutoRemove' container with restart policy");
        }
    }

    private static void checkModes(HostConfig host) {
        String ipc = Absent.text(host.ipcMode());
        if (!IPC.contains(ipc) && !joins(ipc)) {
            throw Fault.invalid("invalid IPC mode: " + ipc);
        }
        String pid = Absent.text(host.pidMode());
        if (!pid.isEmpty() && !pid.equals("host") && !joins(pid)) {
            throw Fault.invalid("invalid PID mode: " + pid);
        }
        String uts = Absent.text(host.utsMode());
        if (!uts.isEmpty() && !uts.equals("host")) {
            throw Fault.invalid("invalid UTS mode: " + uts);
        }
        String user = Absent.text(host.usernsMode());
        if (!user.isEmpty() && !user.equals("host")) {
            throw Fault.invalid("invalid user namespace mode: " + user);
        }
        String cgroup = Absent.text(host.cgroupnsMode());
        if (!Set.of("", "private", "host").contains(cgroup)) {
            throw Fault.invalid("invalid cgroup namespace mode: " + cgroup);
        }
        String network = Absent.text(host.networkMode());
        if (network.equals(CONTAINER)) {
            throw Fault.invalid("invalid container format container:<name|id>");
        }
    }

    private static boolean joins(String mode) {
        return mode.startsWith(CONTAINER) && mode.length() > CONTAINER.length();
    }

    private static void checkSmallThings(HostConfig host) {
        if (host.oomScoreAdj() < -1000 || host.oomScoreAdj() > 1000) {
            throw Fault.invalid("Invalid value " + host.oomScoreAdj() + ", range for oom score adj is [-1000, 1000]");
        }
        if (host.shmSize() != null && host.shmSize() < 0) {
            throw Fault.invalid("SHM size can not be less than 0");
        }
        if (!RUNTIMES.contains(Absent.text(host.runtime()))) {
            throw Fault.invalid("unknown or invalid runtime name: " + host.runtime());
        }
        if (!Set.of("", "default").contains(Absent.text(host.isolation()))) {
            throw Fault.invalid("Invalid isolation: \"" + host.isolation() + "\" - linux only supports 'default'");
        }
        for (String option : Absent.map(host.storageOpt()).keySet()) {
            if (!option.equals("size")) {
                throw Fault.invalid("Unknown option " + option);
            }
            throw Fault.invalid("--storage-opt is supported only for overlay over xfs with 'pquota' mount option");
        }
        for (String line : Absent.list(host.extraHosts())) {
            if (line.indexOf(':') < 1) {
                throw Fault.invalid("bad format for add-host: \"" + line + "\"");
            }
        }
        LogRules.check(host.logConfig());
    }
}
