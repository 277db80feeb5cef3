package io.caisson.container.spec;

import io.caisson.container.api.HostConfig;
import io.caisson.container.model.Absent;
import io.caisson.kernel.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Which capabilities a container's processes may have. */
public final class CapabilityPlanner {
    private static final Set<String> ALL = new TreeSet<>(List.of(
            "CAP_AUDIT_CONTROL",
            "CAP_AUDIT_READ",
            "CAP_AUDIT_WRITE",
            "CAP_BLOCK_SUSPEND",
            "CAP_BPF",
            "CAP_CHECKPOINT_RESTORE",
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_DAC_READ_SEARCH",
            "CAP_FOWNER",
            "CAP_FSETID",
            "CAP_IPC_LOCK",
            "CAP_IPC_OWNER",
            "CAP_KILL",
            "CAP_LEASE",
            "CAP_LINUX_IMMUTABLE",
            "CAP_MAC_ADMIN",
            "CAP_MAC_OVERRIDE",
            "CAP_MKNOD",
            "CAP_NET_ADMIN",
            "CAP_NET_BIND_SERVICE",
            "CAP_NET_BROADCAST",
            "CAP_NET_RAW",
            "CAP_PERFMON",
            "CAP_SETFCAP",
            "CAP_SETGID",
            "CAP_SETPCAP",
            "CAP_SETUID",
            "CAP_SYSLOG",
            "CAP_SYS_ADMIN",
            "CAP_SYS_BOOT",
            "CAP_SYS_CHROOT",
            "CAP_SYS_MODULE",
            "CAP_SYS_NICE",
            "CAP_SYS_PACCT",
            "CAP_SYS_PTRACE",
            "CAP_SYS_RAWIO",
            "CAP_SYS_RESOURCE",
            "CAP_SYS_TIME",
            "CAP_SYS_TTY_CONFIG",
            "CAP_WAKE_ALARM"));
    private static final List<String> DEFAULTS = List.of(
            "CAP_AUDIT_WRITE",
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_FOWNER",
            "CAP_FSETID",
            "CAP_KILL",
            "CAP_MKNOD",
            "CAP_NET_BIND_SERVICE",
            "CAP_NET_RAW",
            "CAP_SETFCAP",
            "CAP_SETGID",
            "CAP_SETPCAP",
            "CAP_SETUID",
            "CAP_SYS_CHROOT");
    private static final String EVERYTHING = "ALL";

    private CapabilityPlanner() {}

    /**
     * Sorted. Adding ALL and dropping some, or dropping ALL and adding some, does what it says.
     *
     * @throws Fault INVALID {@code invalid CapAdd: unknown capability: "CAP_X"}
     */
    public static List<String> plan(HostConfig host) {
        Set<String> add = normalized("CapAdd", Absent.list(host.capAdd()));
        Set<String> drop = normalized("CapDrop", Absent.list(host.capDrop()));
        if (host.privileged()) {
            return List.copyOf(ALL);
        }
        Set<String> capabilities = new TreeSet<>(add.contains(EVERYTHING) ? ALL : DEFAULTS);
        if (drop.contains(EVERYTHING)) {
            capabilities.clear();
        } else {
            capabilities.removeAll(drop);
        }
        add.stream().filter(name -> !name.equals(EVERYTHING)).forEach(capabilities::add);
        return List.copyOf(capabilities);
    }

    private static Set<String> normalized(String field, List<String> names) {
        Set<String> normalized = new TreeSet<>();
        for (String name : names) {
            String upper = name.trim().toUpperCase(Locale.ROOT);
            String full = upper.equals(EVERYTHING) || upper.startsWith("CAP_") ? upper : "CAP_" + upper;
            if (!full.equals(EVERYTHING) && !ALL.contains(full)) {
                throw Fault.invalid("invalid " + field + ": unknown capability: \"" + full + "\"");
            }
            normalized.add(full);
        }
        return normalized;
    }
}
