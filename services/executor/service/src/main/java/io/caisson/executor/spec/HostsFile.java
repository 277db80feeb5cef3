package io.caisson.executor.spec;

import java.util.ArrayList;
import java.util.List;

/** The text of {@code /etc/hosts}, as Docker writes it. */
final class HostsFile {
    private static final List<String> LOCAL = List.of(
            "127.0.0.1\tlocalhost",
            "::1\tlocalhost ip6-localhost ip6-loopback",
            "fe00::\tip6-localnet",
            "ff00::\tip6-mcastprefix",
            "ff02::1\tip6-allnodes",
            "ff02::2\tip6-allrouters");

    private HostsFile() {}

    /** @param extra whole lines */
    static String of(List<String> extra) {
        return String.join("\n", LOCAL) + "\n" + (extra.isEmpty() ? "" : String.join("\n", extra) + "\n");
    }

    /** The lines of addresses that are gone go, those of new ones come; whatever else somebody wrote stays. */
    static String moved(String text, List<String> before, List<String> after, String hostname) {
        List<String> lines = new ArrayList<>(text.lines()
                .filter(line -> before.stream()
                        .noneMatch(address -> !after.contains(address) && line.startsWith(address + "\t")))
                .toList());
        after.stream()
                .filter(address -> !before.contains(address))
                .forEach(address -> lines.add(address + "\t" + hostname));
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
