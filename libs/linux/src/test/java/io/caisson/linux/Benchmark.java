package io.caisson.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caisson.linux.file.FileAttributes;
import io.caisson.linux.file.RootedFiles;
import io.caisson.linux.file.TreeWriter;
import io.caisson.linux.netlink.Cidr;
import io.caisson.linux.netlink.Link;
import io.caisson.linux.netlink.MacAddress;
import io.caisson.linux.netlink.Netlink;
import io.caisson.linux.netlink.VethSpec;
import io.caisson.linux.nft.Nftables;
import io.caisson.linux.process.Command;
import io.caisson.linux.process.Processes;
import io.caisson.linux.process.Result;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Prints what the calls cost on this machine; needs root. */
final class Benchmark {
    private static final int COUNT = 100;

    private Benchmark() {}

    public static void main(String[] args) throws Exception {
        processes();
        network();
        files(Path.of(args.length > 0 ? args[0] : "/tmp"));
    }

    private static void processes() throws Exception {
        Command command = Command.of("/bin/true");
        measure("posix_spawn of true, on this thread", 400, _ -> require(Processes.runHere(command)));
        measure("posix_spawn of true, on a thread of its own", 400, _ -> require(Processes.run(command)));
        measure("ProcessBuilder of true", 400, _ -> {
            Process process = new ProcessBuilder("/bin/true").start();
            byte[] output = process.getInputStream().readAllBytes();
            require(new Result(process.waitFor(), new String(output, UTF_8), "", false));
        });
    }

    private static void require(int index) {
        if (index <= 0) {
            throw new IllegalStateException("no link");
        }
    }

    private static void require(Result result) {
        if (!result.succeeded()) {
            throw new IllegalStateException(result.toString());
        }
    }

    private static void network() throws Exception {
        measure("new network namespace", 100, _ -> Namespaces.newNetwork().close());
        try (Fd hostNamespace = Namespaces.newNetwork();
                Netlink host = Netlink.openIn(hostNamespace);
                Nftables nftables = Nftables.openIn(hostNamespace)) {
            Link bridge = host.createBridge("br0", null, 1500);
            measure("netlink: get link", 2000, _ -> host.requireLink("br0"));
            // Closing a namespace makes the kernel delete its links, which would hold up the others: last.
            var namespaces =
                    Stream.generate(Namespaces::newNetwork).limit(COUNT).toList();
            measure(
                    "netlink: container link",
                    COUNT,
                    i -> host.createContainerLink(new VethSpec(
                            "c" + i,
                            null,
                            bridge.index(),
                            namespaces.get(i),
                            "eth0",
                            new MacAddress(0x0242_0000_0000L + i),
                            1500)));
            var sockets = new ArrayList<Netlink>();
            measure(
                    "netlink: socket in a container's namespace",
                    COUNT,
                    i -> sockets.add(Netlink.openIn(namespaces.get(i))));
            measure(
                    "netlink: its address, up, default route",
                    COUNT,
                    i -> require(sockets.get(i)
                            .configure(
                                    "eth0",
                                    List.of(Cidr.parse("172.30.0.2/16")),
                                    List.of(InetAddress.ofLiteral("172.30.0.1")))
                            .index()));
            sockets.forEach(Netlink::close);
            namespaces.forEach(Fd::close);
            nftables.apply("add table ip t; add map ip t m { type inet_service : ipv4_addr . inet_service; }");
            measure(
                    "nftables: add a map element",
                    1000,
                    i -> nftables.apply("add element ip t m { " + (i + 1) + " : 172.30.0.2 . 80 }"));
        }
    }

    private static void files(Path parent) throws Exception {
        Path dir = Files.createTempDirectory(parent, "caisson-benchmark");
        try (RootedFiles above = RootedFiles.at(parent);
                RootedFiles files = RootedFiles.at(dir)) {
            byte[] content = new byte[2048];
            var attributes = new FileAttributes(0, 0, 0644, Instant.EPOCH);
            for (int round = 0; round < 4; round++) {
                int count = 20_000;
                long start = System.nanoTime();
                try (TreeWriter writer = files.writer()) {
                    for (int i = 0; i < count; i++) {
                        writer.file(
                                round + "/usr/lib/folder" + i / 50 + "/file" + i,
                                attributes,
                                new ByteArrayInputStream(content));
                    }
                }
                long written = System.nanoTime();
                for (int i = 0; i < count; i++) {
                    var _ = files.lstat(round + "/usr/lib/folder" + i / 50 + "/file" + i);
                }
                long stated = System.nanoTime();
                files.removeTree(Integer.toString(round));
                System.out.printf(
                        "files a second: %.0f written (2 KiB each), %.0f lstat, %.0f removed%n",
                        count * 1e9 / (written - start),
                        count * 1e9 / (stated - written),
                        count * 1e9 / (System.nanoTime() - stated));
            }
            above.removeTree(dir.getFileName().toString());
        }
    }

    private static void measure(String what, int count, Work work) throws Exception {
        measureTimed(what, count, i -> {
            long start = System.nanoTime();
            work.run(i);
            return System.nanoTime() - start;
        });
    }

    private static void measureTimed(String what, int count, Timed work) throws Exception {
        var times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = work.run(i);
        }
        long[] last = Arrays.copyOfRange(times, count / 2, count);
        Arrays.sort(last);
        System.out.printf(
                "%-50s p50 %8.1f us  p99 %8.1f us%n",
                what, last[last.length / 2] / 1e3, last[last.length * 99 / 100] / 1e3);
    }

    private interface Work {
        void run(int i) throws Exception;
    }

    private interface Timed {
        long run(int i) throws Exception;
    }
}
