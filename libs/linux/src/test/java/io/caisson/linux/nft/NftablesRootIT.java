package io.caisson.linux.nft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.linux.Fd;
import io.caisson.linux.Namespaces;
import io.caisson.linux.Root;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = Root.CONDITION, disabledReason = Root.REASON)
class NftablesRootIT {
    private static final String TABLE = """
            add table ip t
            add chain ip t post { type nat hook postrouting priority 100; }
            add map ip t ports { type inet_proto . inet_service : ipv4_addr . inet_service; }
            """;

    private final Fd namespace = Namespaces.newNetwork();
    private final Nftables nftables = Nftables.openIn(namespace);

    @AfterEach
    void close() {
        nftables.close();
        namespace.close();
    }

    @Test
    void shouldShowAMapWhenItWasAdded() {
        nftables.apply(TABLE);
        nftables.apply("add element ip t ports { tcp . 8080 : 172.30.0.2 . 80 }");

        assertThat(nftables.listTableJson("ip", "t")).startsWith("{").contains("\"172.30.0.2\"", "8080");
        assertThat(nftables.list("list table ip t")).contains("tcp . 8080 : 172.30.0.2 . 80");
        assertThat(nftables.listTablesJson()).contains("\"name\": \"t\"");
    }

    @Test
    void shouldChangeNothingWhenOneCommandOfManyFails() {
        assertThatThrownBy(() -> nftables.apply(TABLE + "add rule ip nowhere y drop\n"))
                .isInstanceOf(NftablesException.class)
                .hasMessageContaining("No such file or directory");

        assertThat(nftables.listTablesJson()).doesNotContain("\"name\": \"t\"");
    }

    @Test
    void shouldSayWhereWhenSyntaxIsWrong() {
        assertThatThrownBy(() -> nftables.apply("add nonsense"))
                .isInstanceOf(NftablesException.class)
                .hasMessageContaining("syntax error");
        nftables.apply(TABLE);
    }

    @Test
    void shouldKeepEveryChangeWhenManyThreadsMakeThem() {
        nftables.apply(TABLE);

        IntStream.range(1000, 1064)
                .parallel()
                .forEach(port ->
                        nftables.apply("add element ip t ports { tcp . " + port + " : 172.30.0.2 . " + port + " }"));

        assertThat(nftables.list("list map ip t ports").split("172\\.30\\.0\\.2", -1))
                .hasSize(65);
    }

    @Test
    void shouldRefuseWhenClosed() {
        nftables.close();

        assertThatThrownBy(() -> nftables.apply(TABLE)).isInstanceOf(IllegalStateException.class);
    }
}
