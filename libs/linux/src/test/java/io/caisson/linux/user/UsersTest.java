package io.caisson.linux.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.kernel.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersTest {
    private static final String PASSWD = """
            root:x:0:0:root:/root:/bin/sh
            daemon:x:1:1::/usr/sbin:/usr/sbin/nologin

            alice:x:1000:1001:Alice:/home/alice:/bin/sh
            broken
            """;
    private static final String GROUP = """
            root:x:0:
            wheel:x:10:root,alice
            video:x:44:alice
            alice:x:1001:
            """;

    @ParameterizedTest
    @CsvSource({
        "'', 0, 0, /root",
        "root, 0, 0, /root",
        "alice, 1000, 1001, /home/alice",
        "1000, 1000, 1001, /home/alice",
        "alice:video, 1000, 44, /home/alice",
        "alice:5, 1000, 5, /home/alice",
        "77, 77, 0, /",
        "77:wheel, 77, 10, /",
        "77:78, 77, 78, /",
        ":video, 0, 44, /root",
        "2147483647, 2147483647, 0, /"
    })
    void shouldFindTheIdsWhenSpecificationIsGood(String specification, int uid, int gid, String home) {
        Identity identity = resolve(specification);

        assertThat(identity.uid()).isEqualTo(uid);
        assertThat(identity.gid()).isEqualTo(gid);
        assertThat(identity.home()).isEqualTo(home);
        assertThat(identity.groups()).startsWith(gid);
    }

    @ParameterizedTest
    @CsvSource({
        "bob, unable to find user bob: no matching entries in passwd file",
        "alice:bobs, unable to find group bobs: no matching entries in group file",
        "-1, uids and gids must be in range 0-2147483647",
        "2147483648, uids and gids must be in range 0-2147483647",
        "0:2147483648, uids and gids must be in range 0-2147483647"
    })
    void shouldSayWhatDockerSaysWhenSpecificationIsBad(String specification, String message) {
        assertThatThrownBy(() -> resolve(specification))
                .isInstanceOf(Fault.class)
                .hasMessage(message);
    }

    @Test
    void shouldJoinTheGroupsThatListTheUserWhenNoGroupIsAsked() {
        assertThat(resolve("alice").groups()).containsExactly(1001, 10, 44);
        assertThat(resolve("1000").groups()).containsExactly(1001, 10, 44);
        assertThat(resolve("alice:video").groups()).containsExactly(44);
        assertThat(resolve("").groups()).containsExactly(0, 10);
    }

    @Test
    void shouldAddGroupsWhenAsked() {
        assertThat(Users.resolve("alice", List.of("root", "99", "video"), PASSWD, GROUP)
                        .groups())
                .containsExactly(1001, 10, 44, 0, 99);
        assertThatThrownBy(() -> Users.resolve("alice", List.of("none"), PASSWD, GROUP))
                .hasMessage("unable to find group none: no matching entries in group file");
    }

    @Test
    void shouldBeRootWhenTheImageHasNoFiles() {
        assertThat(Users.resolve("", List.of(), "", "")).isEqualTo(new Identity(0, 0, List.of(0), "/"));
    }

    private static Identity resolve(String specification) {
        return Users.resolve(specification, List.of(), PASSWD, GROUP);
    }
}
