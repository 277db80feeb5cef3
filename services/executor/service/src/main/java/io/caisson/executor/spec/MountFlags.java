package io.caisson.executor.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The options of a mount as the kernel's flags ({@code mount(2)}), in the order in which they were given.
 *
 * @param flags the kernel's
 * @param propagation the kernel's; 0 for none that was asked for
 * @param attributes those of {@code mount_setattr(2)} for a bind mount and all that is mounted below it
 * @param data what is left, for the file system
 * @param known false where an option is one that only a runtime knows
 */
record MountFlags(long flags, long propagation, long attributes, String data, boolean known) {
    private static final long RDONLY = 1;
    private static final long NOSUID = 2;
    private static final long NODEV = 4;
    private static final long NOEXEC = 8;
    private static final long SYNCHRONOUS = 16;
    private static final long NOATIME = 1 << 10;
    private static final long NODIRATIME = 1 << 11;
    private static final long BIND = 1 << 12;
    private static final long REC = 1 << 14;
    private static final long PRIVATE = 1 << 18;
    private static final long RELATIME = 1 << 21;
    private static final long STRICTATIME = 1 << 24;
    private static final long ATTRIBUTE_RDONLY = 1;

    private static final Map<String, Long> SETS = Map.ofEntries(
            Map.entry("defaults", 0L),
            Map.entry("ro", RDONLY),
            Map.entry("nosuid", NOSUID),
            Map.entry("nodev", NODEV),
            Map.entry("noexec", NOEXEC),
            Map.entry("sync", SYNCHRONOUS),
            Map.entry("noatime", NOATIME),
            Map.entry("nodiratime", NODIRATIME),
            Map.entry("relatime", RELATIME),
            Map.entry("strictatime", STRICTATIME),
            Map.entry("bind", BIND),
            Map.entry("rbind", BIND | REC));

    private static final Map<String, Long> CLEARS = Map.of(
            "rw", RDONLY,
            "suid", NOSUID,
            "dev", NODEV,
            "exec", NOEXEC,
            "async", SYNCHRONOUS,
            "atime", NOATIME,
            "diratime", NODIRATIME,
            "norelatime", RELATIME,
            "nostrictatime", STRICTATIME);

    private static final Map<String, Long> PROPAGATION = Map.of("private", PRIVATE, "rprivate", PRIVATE | REC);

    /** Words of the runtime's own, and propagation that reaches the host. */
    private static final List<String> RUNTIMES = List.of(
            "shared",
            "rshared",
            "slave",
            "rslave",
            "unbindable",
            "runbindable",
            "tmpcopyup",
            "remount",
            "dirsync",
            "mand",
            "nomand",
            "silent",
            "loud",
            "acl",
            "noacl",
            "iversion",
            "noiversion",
            "lazytime",
            "nolazytime",
            "nosymfollow",
            "symfollow",
            "idmap",
            "ridmap");

    static MountFlags of(List<String> options) {
        long flags = 0;
        long propagation = 0;
        long attributes = 0;
        boolean known = true;
        var data = new ArrayList<String>();
        for (String option : options) {
            if (SETS.containsKey(option)) {
                flags |= SETS.get(option);
            } else if (CLEARS.containsKey(option)) {
                flags &= ~CLEARS.get(option);
            } else if (PROPAGATION.containsKey(option)) {
                propagation = PROPAGATION.get(option);
            } else if (option.equals("rro")) {
                attributes |= ATTRIBUTE_RDONLY;
            } else {
                known &= !RUNTIMES.contains(option) && !option.matches("r(rw|no.*|.*atime|suid|dev|exec|diratime)");
                data.add(option);
            }
        }
        return new MountFlags(flags, propagation, attributes, String.join(",", data), known);
    }

    MountFlags with(String more) {
        return new MountFlags(flags, propagation, attributes, more, known);
    }

    MountFlags asRecursiveBind() {
        return new MountFlags(flags | BIND | REC, propagation, attributes, data, known && data.isEmpty());
    }

    MountFlags asBind() {
        return new MountFlags(flags | BIND, propagation, attributes, data, known && data.isEmpty());
    }
}
