package io.caisson.e2e;

import java.util.Map;
import java.util.TreeMap;

/** What an engine may leave behind on a host: everything here is as before once the containers are gone. */
record HostAudit(Map<String, String> findings) {
    static HostAudit take() {
        Map<String, String> findings = new TreeMap<>();
        findings.put("mounts", shell("findmnt -rno TARGET | sort"));
        findings.put("network namespaces", shell("ip netns list; ls /run/netns 2>/dev/null"));
        findings.put("links", shell("ip -o link | sed 's/^[0-9]*: //; s/[:@].*//' | sort"));
        // counters and handles move by themselves
        findings.put("nft", shell("nft list ruleset | sed 's/counter packets [0-9]* bytes [0-9]*/counter/'"));
        findings.put("cgroups", shell("find /sys/fs/cgroup -type d -path '*caisson*' | grep -E '[0-9a-f]{64}' | sort"));
        findings.put("monitors", shell("pgrep -af '^[^ ]*caisson-monitor' | grep -oE '[0-9a-f]{64}' | sort -u"));
        return new HostAudit(findings);
    }

    private static String shell(String script) {
        return Command.of("sh", "-c", script).run().out();
    }
}
