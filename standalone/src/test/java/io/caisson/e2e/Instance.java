package io.caisson.e2e;

import io.caisson.postgres.PostgresAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one platform has on the host and in its database, seen from outside.
 *
 * @param database known once it has started
 */
record Instance(String id, Path home, Supplier<PostgresAddress> database) {
    /** @param platform one that has run a container */
    static Instance of(Platform platform) {
        String id = shell("cd " + platform.home + "/run && ls -d */tasks | head -1 | cut -d/ -f1");
        if (id.isEmpty()) {
            throw new AssertionError("no instance below " + platform.home);
        }
        return new Instance(id, platform.home, () -> embedded(platform.home.resolve("data/postgres")));
    }

    private static String shell(String script) {
        return Command.of("sh", "-c", script).run().out().strip();
    }

    private static List<Long> pids(String script) {
        return shell(script).lines().map(String::strip).map(Long::valueOf).toList();
    }

    static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** The processes that keep containers. */
    List<Long> monitors() {
        return pids("pgrep -f '^[^ ]*caisson-monitor .*" + home + "/run'");
    }

    List<Long> monitors(String container) {
        return pids("pgrep -f '^[^ ]*caisson-monitor .*--id " + container + "'");
    }

    /** The containers that have one, in one look: there may be thousands that have none any more. */
    Set<String> monitored() {
        return shell("pgrep -af '^[^ ]*caisson-monitor .*" + home
                        + "/run' | grep -oE -- '--id [0-9a-f]{64}' | cut -d' ' -f2")
                .lines()
                .collect(Collectors.toSet());
    }

    /** Of all containers. */
    List<Long> processes() {
        return pids(
                "cat $(find /sys/fs/cgroup -path '*/caisson-" + id + "/*' -name cgroup.procs) </dev/null | sort -u");
    }

    /** Empty while there is none. */
    List<Long> postmaster() {
        return pids("head -1 " + home + "/data/postgres/cluster/postmaster.pid 2>/dev/null");
    }

    /** The server's processes that serve clients, and those that help it. */
    List<Long> backends() {
        return postmaster().stream()
                .flatMap(pid -> pids("pgrep -P " + pid).stream())
                .toList();
    }

    /** As if the power went: every process at once, and everything that lives in memory; the platform is dead already. */
    void losePower() {
        Await.until("every process is dead", Duration.ofSeconds(20), () -> {
            List<Long> monitors = monitors();
            monitors.forEach(
                    pid -> shell("kill -STOP " + pid)); // or those that live longer would write down the others' end
            monitors.forEach(Instance::kill);
            processes().forEach(Instance::kill);
            return monitors().isEmpty() && processes().isEmpty();
        });
        Stream.concat(backends().stream(), postmaster().stream()).toList().forEach(Instance::kill);
        Places.delete(home.resolve("run"));
        String _ = shell("for b in $(ip -o link | grep -o 'br-" + id + "[^:@]*' | sort -u); do ip link del $b; done;"
                + " nft delete table ip caisson_" + id + "; for i in 1 2 3 4 5; do"
                + " find /sys/fs/cgroup -depth -path '*/caisson-" + id + "*' -type d -exec rmdir {} + ; done");
    }

    /** What is there although all containers and networks have been removed; all values are empty when all is well. */
    Map<String, String> leftovers() {
        Map<String, String> left = new TreeMap<>();
        left.put("monitors", shell("pgrep -af '^[^ ]*caisson-monitor .*" + home + "/run'"));
        left.put("mounts", shell("findmnt -rno TARGET | grep '^" + home + "'"));
        left.put("cgroups", shell("find /sys/fs/cgroup -type d -path '*/caisson-" + id + "/*'"));
        left.put("links", shell("ip -o link | grep -oE '(v" + id + "-|br-" + id + "-)[^:@]*' | sort -u"));
        left.put(
                "published",
                shell("for m in ports ports_at; do nft list map ip caisson_" + id
                        + " $m | grep -o 'elements.*'; done"));
        left.put(
                "tasks", shell("cd " + home + "/run/" + id + " && find tasks execs runc made -mindepth 1 -maxdepth 1"));
        left.put("containers", shell("find " + home + "/data/containers -mindepth 1 -maxdepth 1"));
        left.put(
                "snapshots",
                shell("find " + home + "/data/layers/snapshots " + home + "/data/layers/trash " + home
                        + "/data/layers/tmp -mindepth 1 -maxdepth 1"));
        left.put("rows", rows());
        left.values().removeIf(String::isEmpty);
        return left;
    }

    private String rows() {
        List<String> left = new ArrayList<>();
        for (String where : List.of(
                "container.container",
                "container.exec",
                "network.endpoint",
                "network.network where removing or not predefined",
                "layer_store.snapshot")) {
            long count = count(where);
            if (count > 0) {
                left.add(count + " in " + where);
            }
        }
        return String.join(", ", left);
    }

    private long count(String where) {
        try (Connection connection = connect(database.get());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from " + where)) {
            return result.next() ? result.getLong(1) : 0;
        } catch (SQLException e) {
            throw new AssertionError(where, e);
        }
    }

    private static Connection connect(PostgresAddress database) throws SQLException {
        return DriverManager.getConnection("jdbc:" + database.url(), database.username(), database.password());
    }

    private static PostgresAddress embedded(Path folder) {
        int port = Integer.parseInt(read(folder.resolve("port")));
        return new PostgresAddress("127.0.0.1", port, "caisson", "caisson", read(folder.resolve("password")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
