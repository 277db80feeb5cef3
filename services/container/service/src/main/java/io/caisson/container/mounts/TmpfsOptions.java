package io.caisson.container.mounts;

import io.caisson.kernel.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Options of a tmpfs: the user's over Docker's defaults, the last of contradicting ones wins. */
final class TmpfsOptions {
    private static final List<String> DEFAULTS = List.of("noexec", "nosuid", "nodev", "rprivate");
    private static final Set<String> VALUES = Set.of("size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol");
    /** Each flag and the question it answers. */
    private static final Map<String, String> FLAGS = Map.ofEntries(
            Map.entry("ro", "write"),
            Map.entry("rw", "write"),
            Map.entry("exec", "exec"),
            Map.entry("noexec", "exec"),
            Map.entry("suid", "suid"),
            Map.entry("nosuid", "suid"),
            Map.entry("dev", "dev"),
            Map.entry("nodev", "dev"),
            Map.entry("sync", "sync"),
            Map.entry("async", "sync"),
            Map.entry("dirsync", "dirsync"),
            Map.entry("remount", "remount"),
            Map.entry("mand", "mand"),
            Map.entry("nomand", "mand"),
            Map.entry("atime", "atime"),
            Map.entry("noatime", "atime"),
            Map.entry("diratime", "diratime"),
            Map.entry("nodiratime", "diratime"),
            Map.entry("relatime", "relatime"),
            Map.entry("norelatime", "relatime"),
            Map.entry("strictatime", "strictatime"),
            Map.entry("nostrictatime", "strictatime"),
            Map.entry("private", "propagation"),
            Map.entry("rprivate", "propagation"),
            Map.entry("shared", "propagation"),
            Map.entry("rshared", "propagation"),
            Map.entry("slave", "propagation"),
            Map.entry("rslave", "propagation"));

    private TmpfsOptions() {}

    static List<String> parse(String text) {
        return merged(text.isEmpty() ? List.of() : List.of(text.split(",", -1)));
    }

    static List<String> merged(List<String> asked) {
        Map<String, String> answers = new LinkedHashMap<>();
        DEFAULTS.forEach(option -> put(answers, option));
        asked.forEach(option -> put(answers, option));
        return new ArrayList<>(answers.values());
    }

    private static void put(Map<String, String> answers, String option) {
        int equals = option.indexOf('=');
        String question = equals < 0 ? FLAGS.get(option) : valueName(option.substring(0, equals));
        if (question == null) {
            throw Fault.invalid("invalid tmpfs option [\"" + option + "\"]");
        }
        var _ = answers.remove(question);
        answers.put(question, option);
    }

    private static @org.jspecify.annotations.Nullable String valueName(String name) {
        return VALUES.contains(name) ? name : null;
    }
}
