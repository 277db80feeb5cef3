package io.caisson.executor.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caisson.linux.LinuxException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that a dockerd 20.10 was asked for. */
class ContainerPathTest {
    @ParameterizedTest
    @CsvSource({
        "/a/b,/a/b,b",
        "a/b,/a/b,b",
        "/a/b/,/a/b/,b",
        "/a/b/.,/a/b/.,.",
        "/,/,/",
        "/.,/.,.",
        "..,/,/",
        "/tmp/../a,/a,a",
        "/a/..,/,/",
        "/a//b,/a/b,b"
    })
    void shouldKeepWhatTellsThatContentIsMeant(String asked, String text, String name) {
        var path = ContainerPath.of(asked);

        assertThat(path.text()).isEqualTo(text);
        assertThat(path.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/l,/a/b",
        "/a/l/f,/a/b/f",
        "/a/up,/a/b/f",
        "/a/dangling/x,/nowhere/x",
        "/a/abs/../f,/f",
        "/../../etc,/etc",
        "/,/"
    })
    void shouldFollowLinksWithinTheRoot(String path, String real) {
        Map<String, String> links =
                Map.of("/a/l", "b", "/a/up", "../../../../a/b/f", "/a/dangling", "/nowhere", "/a/abs", "/a");

        assertThat(LinkFollowing.follow(path, at -> Optional.ofNullable(links.get(at))))
                .isEqualTo(real);
    }

    @Test
    void shouldGiveUpWhenLinksGoInCircles() {
        assertThatThrownBy(() -> LinkFollowing.follow("/a", _ -> Optional.of("/a")))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("ELOOP");
    }
}
