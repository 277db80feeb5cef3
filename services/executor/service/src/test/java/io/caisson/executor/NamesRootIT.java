package io.caisson.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.executor.api.ReconnectTask;
import io.caisson.executor.api.SetNames;
import io.caisson.executor.api.StartTask;
import io.caisson.network.api.NameTable;
import io.caisson.network.api.NetworkPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class NamesRootIT {
    private final TestHost host;

    NamesRootIT() throws IOException {
        host = new TestHost();
    }

    @AfterEach
    void close() throws IOException {
        host.close();
    }

    private void announce(long version, NameTable.Entry... entries) {
        var table = new NameTable("net1", "mynet", version, List.of(entries));
        var _ = TestHost.await(host.executor().setNames(new SetNames(TestHost.NODE, List.of(table), List.of())));
    }

    private static NameTable.Entry entry(String address, String... names) {
        return new NameTable.Entry(address, List.of(names));
    }

    private static String lookup(int pid, String... words) throws IOException {
        String[] command = new String[words.length + 1];
        command[0] = "busybox";
        System.arraycopy(words, 0, command, 1, words.length);
        return Nsenter.in(pid, command);
    }

    @Test
    void shouldAnswerNamesAndTakeChangesAtOnce() throws IOException {
        // Given
        announce(1, entry("10.9.0.2", "peer", "alias"));
        TestTask task = host.task("sleep", "1000").connected(2).named(false, "net1");
        int pid = host.start(task.command()).pid();

        // Then
        assertThat(Files.readString(host.places.folder(task.id()).resolvConf()))
                .startsWith("nameserver 127.0.0.11\n")
                .contains("options ", "ndots:0");
        assertThat(lookup(pid, "nslookup", "peer", "127.0.0.11")).contains("Address: 10.9.0.2");
        assertThat(lookup(pid, "nslookup", "alias.mynet", "127.0.0.11")).contains("Address: 10.9.0.2");
        assertThat(lookup(pid, "nslookup", "linked", "127.0.0.11")).contains("Address: 10.9.0.2");
        assertThat(lookup(pid, "nslookup", "10.9.0.2", "127.0.0.11")).contains("peer.mynet");
        assertThat(lookup(pid, "nslookup", "example.org", "127.0.0.11")).contains("NXDOMAIN");

        // When
        announce(2, entry("10.9.0.3", "peer"), entry("10.9.0.4", "late"));
        announce(1, entry("10.9.0.9", "peer"));

        // Then
        assertThat(lookup(pid, "nslookup", "peer", "127.0.0.11")).contains("Address: 10.9.0.3");
        assertThat(lookup(pid, "nslookup", "late", "127.0.0.11")).contains("Address: 10.9.0.4");
    }

    @Test
    void shouldLeavePort53ToTheContainer() throws IOException {
        announce(1, entry("10.9.0.2", "peer"));
        TestTask task = host.task("sh", "-c", "exec nc -l -p 53").connected(2).named(false, "net1");
        int pid = host.start(task.command()).pid();

        assertThat(lookup(pid, "nslookup", "peer", "127.0.0.11")).contains("Address: 10.9.0.2");
        assertThat(Nsenter.in(pid, "ss", "-ltn")).contains(":53 ");
    }

    @Test
    void shouldAnswerByConnectionWhenThereAreManyAddresses() throws IOException {
        announce(
                1,
                IntStream.range(1, 200)
                        .mapToObj(i -> entry("10.9.1." + i, "many"))
                        .toArray(NameTable.Entry[]::new));
        TestTask task = host.task("sleep", "1000").connected(2).named(false, "net1");
        int pid = host.start(task.command()).pid();

        String found = Nsenter.in(pid, "python3", "-c", """
                import socket
                q = b'\\x12\\x34\\x01\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x04many\\x00\\x00\\x01\\x00\\x01'
                u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                u.settimeout(5)
                u.sendto(q, ('127.0.0.11', 53))
                a = u.recv(9999)
                print('udp', len(a) <= 512, bool(a[2] & 2))
                t = socket.create_connection(('127.0.0.11', 53), 5)
                for i in range(2):
                    t.sendall(len(q).to_bytes(2, 'big') + q)
                    f = t.makefile('rb')
                    n = int.from_bytes(f.read(2), 'big')
                    b = f.read(n)
                    print('tcp', int.from_bytes(b[6:8], 'big'), bool(b[2] & 2))
                """);

        assertThat(found.lines()).containsExactly("udp True True", "tcp 199 False", "tcp 199 False");
    }

    @Test
    void shouldAnswerAgainWhenTheExecutorWasRestarted() throws IOException {
        announce(1, entry("10.9.0.2", "peer"));
        TestTask task = host.task("sleep", "1000").connected(2).named(true, "net1");
        int pid = host.start(task.command()).pid();

        // When nobody has told the new one yet
        host.restartExecutor();

        // Then it does not claim that there is no such name
        assertThat(lookup(pid, "nslookup", "peer", "127.0.0.11")).doesNotContain("NXDOMAIN");
        announce(7, entry("10.9.0.2", "peer"));
        assertThat(lookup(pid, "nslookup", "peer", "127.0.0.11")).contains("Address: 10.9.0.2");
    }

    @Test
    void shouldGetANameServerWhenConnectedWhileItRuns() throws IOException {
        announce(1, entry("10.9.0.2", "peer"));
        TestTask task = host.task("sleep", "1000").connected(2);
        StartTask command = task.command();
        int pid = host.start(command).pid();
        assertThat(Files.readString(host.places.folder(task.id()).resolvConf())).contains("9.9.9.9");

        NetworkPlan named = task.named(true, "net1").command().network();
        var _ = TestHost.await(host.executor().reconnect(new ReconnectTask(TestHost.NODE, named)));

        assertThat(Files.readString(host.places.folder(task.id()).resolvConf())).contains("nameserver 127.0.0.11");
        assertThat(lookup(pid, "nslookup", "peer", "127.0.0.11")).contains("Address: 10.9.0.2");
    }
}
