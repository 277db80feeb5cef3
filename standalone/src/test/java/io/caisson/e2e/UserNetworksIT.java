package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Networks of the user's own: names, addresses, isolation, connecting while running. */
class UserNetworksIT {
    private static final String SERVE = "while true; do nc -l -p 7 -e echo hello; done";

    private Platform platform;

    @BeforeEach
    void shareAPlatform() {
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
    }

    @AfterEach
    void removeWhatIsLeft() {
        String ids = platform.docker("ps", "-aq", "--filter", "name=^un-").run().out();
        ids.lines().forEach(id -> platform.docker("rm", "-f", id).run());
        docker("network", "prune", "-f");
    }

    private String docker(String... words) {
        return platform.docker(words).run().orFail();
    }

    private String refused(String... words) {
        Command.Result result = platform.docker(words).run();
        assertThat(result.exit()).as(String.join(" ", words)).isNotZero();
        return result.err();
    }

    private String ask(String network, String host) {
        return docker(
                "run",
                "--rm",
                "--network",
                network,
                "busybox",
                "sh",
                "-c",
                "for i in 1 2 3 4 5 6 7 8 9; do nc -w 2 " + host + " 7 </dev/null && exit; sleep 0.1; done");
    }

    @Test
    void shouldFindContainersByNameAliasAndShortId() {
        docker("network", "create", "un-names");
        String id = docker(
                "run",
                "-d",
                "--name",
                "un-server",
                "--network",
                "un-names",
                "--network-alias",
                "db",
                "busybox",
                "sh",
                "-c",
                SERVE);

        assertThat(ask("un-names", "un-server")).isEqualTo("hello");
        assertThat(ask("un-names", "db")).isEqualTo("hello");
        assertThat(ask("un-names", id.substring(0, 12))).isEqualTo("hello");
        assertThat(docker("run", "--rm", "--network", "un-names", "busybox", "cat", "/etc/resolv.conf"))
                .contains("nameserver 127.0.0.11", "ndots:0");
        assertThat(docker("inspect", "-f", "{{json (index .NetworkSettings.Networks \"un-names\").DNSNames}}", id))
                .isEqualTo("[\"un-server\",\"db\",\"" + id.substring(0, 12) + "\"]");

        // When it gets another name
        docker("rename", "un-server", "un-renamed");
        assertThat(ask("un-names", "un-renamed")).isEqualTo("hello");
        docker("rm", "-f", id);
        assertThat(platform.docker("run", "--rm", "--network", "un-names", "busybox", "nslookup", "db.un-names")
                        .run()
                        .exit())
                .isNotZero();
    }

    @Test
    void shouldConnectAndDisconnectARunningContainer() {
        docker("network", "create", "--subnet", "10.219.0.0/24", "un-late");
        docker("run", "-d", "--name", "un-late-server", "busybox", "sh", "-c", SERVE);

        docker("network", "connect", "--ip", "10.219.0.99", "--alias", "late", "un-late", "un-late-server");

        assertThat(docker(
                        "inspect",
                        "-f",
                        "{{(index .NetworkSettings.Networks \"un-late\").IPAddress}}",
                        "un-late-server"))
                .isEqualTo("10.219.0.99");
        assertThat(docker(
                        "network",
                        "inspect",
                        "-f",
                        "{{range .Containers}}{{.Name}} {{.IPv4Address}}{{end}}",
                        "un-late"))
                .isEqualTo("un-late-server 10.219.0.99/24");
        assertThat(ask("un-late", "late")).isEqualTo("hello");
        assertThat(refused("network", "connect", "un-late", "un-late-server"))
                .contains("endpoint with name un-late-server already exists in network un-late");
        assertThat(refused("network", "rm", "un-late")).contains("has active endpoints");

        docker("network", "disconnect", "un-late", "un-late-server");
        assertThat(docker(
                        "inspect",
                        "-f",
                        "{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}",
                        "un-late-server"))
                .isEqualTo("bridge");
        docker("network", "rm", "un-late");
    }

    @Test
    void shouldKeepConnectionsForTheNextStart() {
        docker("network", "create", "un-one");
        docker("network", "create", "un-two");
        docker("create", "--name", "un-kept", "--network", "un-one", "busybox", "sh", "-c", SERVE);

        docker("network", "connect", "--alias", "two", "un-two", "un-kept");
        docker("start", "un-kept");

        assertThat(ask("un-one", "un-kept")).isEqualTo("hello");
        assertThat(ask("un-two", "two")).isEqualTo("hello");
        docker("network", "disconnect", "un-one", "un-kept");
        docker("restart", "-t", "0", "un-kept");
        assertThat(docker(
                        "inspect",
                        "-f",
                        "{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}",
                        "un-kept"))
                .isEqualTo("un-two");
        assertThat(ask("un-two", "two")).isEqualTo("hello");
    }

    @Test
    void shouldKeepNetworksApart() {
        docker("network", "create", "un-left");
        docker("network", "create", "--internal", "un-inside");
        String left = server("un-left-server", "un-left");
        String inside = server("un-inside-server", "un-inside");

        assertThat(ask("un-left", left)).isEqualTo("hello");
        assertThat(ask("un-inside", inside)).isEqualTo("hello");
        assertThat(reach("un-inside", left)).isFalse();
        assertThat(reach("un-left", inside)).isFalse();
        assertThat(reach("bridge", left)).isFalse();
        assertThat(docker("run", "--rm", "--network", "un-inside", "busybox", "ip", "route"))
                .doesNotContain("default");
    }

    private String server(String name, String network) {
        docker("run", "-d", "--name", name, "--network", network, "busybox", "sh", "-c", SERVE);
        return docker("inspect", "-f", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", name);
    }

    private boolean reach(String network, String address) {
        return platform.docker("run", "--rm", "--network", network, "busybox", "nc", "-w", "1", address, "7")
                .run()
                .out()
                .contains("hello");
    }

    @Test
    void shouldPublishPortsOfUserDefinedNetworks() {
        docker("network", "create", "un-published");
        docker(
                "run",
                "-d",
                "--name",
                "un-web",
                "--network",
                "un-published",
                "-p",
                "127.0.0.1::7",
                "busybox",
                "sh",
                "-c",
                SERVE);
        String port = docker("port", "un-web", "7").replaceFirst(".*:", "");

        Await.until("the port answers", Duration.ofSeconds(10), () -> Command.of(
                        "busybox", "nc", "-w", "1", "127.0.0.1", port)
                .run()
                .out()
                .contains("hello"));

        // When its network changes, the port follows
        docker("network", "create", "un-elsewhere");
        docker("network", "connect", "un-elsewhere", "un-web");
        docker("network", "disconnect", "un-published", "un-web");
        Await.until("the port answers again", Duration.ofSeconds(10), () -> Command.of(
                        "busybox", "nc", "-w", "1", "127.0.0.1", port)
                .run()
                .out()
                .contains("hello"));
    }

    @Test
    void shouldSayWhyWhenANetworkCannotBe() {
        docker("network", "create", "--subnet", "10.218.0.0/16", "--label", "a=b", "un-there");

        assertThat(refused("network", "create", "un-there")).contains("network with name un-there already exists");
        assertThat(refused("network", "create", "--subnet", "10.218.9.0/24", "un-overlap"))
                .contains("Pool overlaps with other one on this address space");
        assertThat(refused("network", "rm", "bridge"))
                .contains("bridge is a pre-defined network and cannot be removed");
        assertThat(refused("network", "create", "--ipv6", "un-six")).contains("not implemented");
        assertThat(refused("run", "--rm", "--network", "un-nowhere", "busybox", "true"))
                .contains("network un-nowhere not found");
        assertThat(docker("network", "ls", "--filter", "label=a=b", "--format", "{{.Name}} {{.Driver}}"))
                .isEqualTo("un-there bridge");
        assertThat(docker("network", "prune", "-f")).contains("un-there");
    }
}
