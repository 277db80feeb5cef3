package io.caisson.executor.spec;

import io.caisson.oci.RuntimeSpec.Capabilities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The capabilities this process has to give away: in a container or a sandbox of its own it may lack some, and the runtime
 * fails rather than start a container with fewer than planned.
 */
final class HostCapabilities {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PERMITTED = "CapPrm:";
    /** In the order of their bits (linux/capability.h). */
    private static final List<String> NAMES = List.of(
            "CHOWN",
            "DAC_OVERRIDE",
            "DAC_READ_SEARCH",
            "FOWNER",
            "FSETID",
            "KILL",
            "SETGID",
            "SETUID",
            "SETPCAP",
            "LINUX_IMMUTABLE",
            "NET_BIND_SERVICE",
            "NET_BROADCAST",
            "NET_ADMIN",
            "NET_RAW",
            "IPC_LOCK",
            "IPC_OWNER",
            "SYS_MODULE",
            "SYS_RAWIO",
            "SYS_CHROOT",
            "SYS_PTRACE",
            "SYS_PACCT",
            "SYS_ADMIN",
            "SYS_BOOT",
            "SYS_NICE",
            "SYS_RESOURCE",
            "SYS_TIME",
            "SYS_TTY_CONFIG",
            "MKNOD",
            "LEASE",
            "AUDIT_WRITE",
            "AUDIT_CONTROL",
            "SETFCAP",
            "MAC_OVERRIDE",
            "MAC_ADMIN",
            "SYSLOG",
            "WAKE_ALARM",
            "BLOCK_SUSPEND",
            "AUDIT_READ",
            "PERFMON",
            "BPF",
            "CHECKPOINT_RESTORE");

    private HostCapabilities() {}

    /** What there is of what was planned; nothing is taken away where this process may not give anything at all. */
    static Capabilities limit(Capabilities planned) {
        return limit(planned, Own.PERMITTED_HERE);
    }

    static Capabilities limit(Capabilities planned, long permitted) {
        Set<String> names = names(permitted);
        return names.isEmpty()
                ? planned
                : new Capabilities(
                        common(planned.bounding(), names),
                        common(planned.effective(), names),
                        common(planned.permitted(), names),
                        planned.inheritable() == null ? null : common(planned.inheritable(), names),
                        planned.ambient() == null ? null : common(planned.ambient(), names));
    }

    /** All that there are; what was planned where this process may not give anything at all. */
    static Capabilities all(@Nullable Capabilities planned) {
        List<String> all = List.copyOf(names(Own.PERMITTED_HERE));
        return all.isEmpty() && planned != null ? planned : new Capabilities(all, all, all, null, null);
    }

    /** As the kernel counts them; what it does not know is left out. */
    static long bits(List<String> names) {
        long bits = 0;
        for (String name : names) {
            int bit = NAMES.indexOf(name.replaceFirst("^CAP_", ""));
            bits |= bit < 0 ? 0 : 1L << bit;
        }
        return bits;
    }

    private static List<String> common(List<String> planned, Set<String> names) {
        return planned.stream().filter(names::contains).toList();
    }

    private static Set<String> names(long bits) {
        Set<String> names = new TreeSet<>();
        for (int bit = 0; bit < NAMES.size(); bit++) {
            if ((bits >>> bit & 1) == 1) {
                names.add("CAP_" + NAMES.get(bit));
            }
        }
        return names;
    }

    /** Read once: they do not change. */
    private static final class Own {
        static final long PERMITTED_HERE = read();

        private Own() {}

        private static long read() {
            try (var lines = Files.lines(STATUS)) {
                return lines.filter(line -> line.startsWith(PERMITTED))
                        .map(line -> Long.parseUnsignedLong(
                                line.substring(PERMITTED.length()).strip(), 16))
                        .findFirst()
                        .orElse(0L);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
