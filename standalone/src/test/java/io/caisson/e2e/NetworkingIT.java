package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bridges, published ports, names. */
class NetworkingIT {
    private Platform platform;

    @BeforeEach
    void shareAPlatform() {
        platform = Platform.shared();
        TestImages.busyboxOn(platform);
    }

    private String docker(String... words) {
        return platform.docker(words).run().orFail();
    }

    @Test
    void shouldServeAPublishedTcpPortOnTheHost() {
        // Given a web server
        String id = docker(
                "run",
                "-d",
                "-p",
                "127.0.0.1::80",
                "-p",
                "8099",
                "busybox",
                "sh",
                "-c",
                "mkdir /www; echo served >/www/index.html; exec httpd -f -p 80 -h /www");
        String port = docker("port", id, "80");

        // When / Then
        String url = "http://" + port + "/index.html";
        Await.until(
                "the server answers",
                java.time.Duration.ofSeconds(10),
                () -> Command.of("curl", "-sf", url).run().out().equals("served\n"));
        assertThat(docker("ps", "--filter", "id=" + id, "--format", "{{.Ports}}"))
                .contains(port + "->80/tcp")
                .contains("->8099/tcp");
        docker("rm", "-f", id);
        assertThat(Command.of("curl", "-s", "--max-time", "2", url).run().exit())
                .isNotZero();
    }

    /** Busybox has no datagram server: one of the host's runs in the container's network namespace. */
    @Test
    void shouldServeAPublishedUdpPort() throws Exception {
        String id = docker("run", "-d", "-p", "127.0.0.1::53/udp", "busybox", "sleep", "100");
        String port = docker("port", id, "53/udp");
        String number = port.substring(port.indexOf(':') + 1);
        Process server = Command.of(
                        "nsenter",
                        "--net=/proc/" + docker("inspect", "-f", "{{.State.Pid}}", id) + "/ns/net",
                        "python3",
                        "-c",
                        """
                        import socket
                        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                        s.bind(('0.0.0.0', 53))
                        while True:
                            data, peer = s.recvfrom(100)
                            s.sendto(data, peer)
                        """)
                .start(platform.log);

        Await.until(
                "the echo comes back",
                java.time.Duration.ofSeconds(10),
                () -> Command.of("python3", "-c", """
                        import socket, sys
                        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                        s.settimeout(1)
                        s.sendto(b'ping', ('127.0.0.1', int(sys.argv[1])))
                        print(s.recv(10).decode())
                        """, number).run().out().equals("ping\n"));
        server.destroyForcibly();
        docker("rm", "-f", id);
    }

    @Test
    void shouldLetContainersTalkOnTheBridge() {
        String server = docker("run", "-d", "busybox", "nc", "-l", "-p", "7", "-e", "echo", "talked");
        String address = docker("inspect", "-f", "{{.NetworkSettings.Networks.bridge.IPAddress}}", server);

        String answer = docker(
                "run",
                "--rm",
                "busybox",
                "sh",
                "-c",
                "for i in 1 2 3 4 5 6 7 8 9; do nc -w 2 " + address + " 7 </dev/null && exit; done");

        assertThat(answer).isEqualTo("talked");
        docker("rm", "-f", server);
    }

    @Test
    void shouldShareOrHideNetworksByMode() {
        String server =
                docker("run", "-d", "--name", "e2e-server", "busybox", "nc", "-l", "-p", "7", "-e", "echo", "joined");

        assertThat(docker(
                        "run",
                        "--rm",
                        "--network",
                        "container:e2e-server",
                        "busybox",
                        "sh",
                        "-c",
                        "for i in 1 2 3 4 5 6 7 8 9; do nc -w 2 127.0.0.1 7 </dev/null && exit; done"))
                .isEqualTo("joined");
        assertThat(docker("run", "--rm", "--network", "none", "busybox", "sh", "-c", "ls /sys/class/net"))
                .isEqualTo("lo");
        assertThat(docker("run", "--rm", "--network", "host", "busybox", "readlink", "/proc/self/ns/net"))
                .isEqualTo(
                        Command.of("readlink", "/proc/self/ns/net").run().out().strip());
        docker("rm", "-f", server);
    }

    @Test
    void shouldWriteHostsHostnameAndResolvConf() {
        String out = docker(
                "run",
                "--rm",
                "-h",
                "named",
                "--add-host",
                "other:10.1.2.3",
                "--dns",
                "9.9.9.9",
                "busybox",
                "sh",
                "-c",
                "cat /etc/hostname; grep -E 'named|other|localhost' /etc/hosts | wc -l; cat /etc/resolv.conf | grep 9.9.9.9");

        assertThat(out.lines().toList()).startsWith("named").endsWith("nameserver 9.9.9.9");
    }
}
