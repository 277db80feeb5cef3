package io.caisson.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MountInfoTest {
    @Test
    void shouldReadEveryFieldWhenLineHasOptionalFields() {
        // Given
        String line = "36 35 98:0 /mnt1 /mnt\\0402 rw,noatime master:1 shared:2 - ext3 /dev/root rw,errors=continue\n";

        // When
        List<MountInfo> mounts = MountInfo.parse(line);

        // Then
        assertThat(mounts)
                .containsExactly(new MountInfo(
                        36,
                        35,
                        "98:0",
                        "/mnt1",
                        "/mnt 2",
                        List.of("rw", "noatime"),
                        List.of("master:1", "shared:2"),
                        "ext3",
                        "/dev/root",
                        List.of("rw", "errors=continue")));
    }

    @Test
    void shouldKeepUnicodeWhenUnescaping() {
        assertThat(MountInfo.unescape("/ä\\040\\134x")).isEqualTo("/ä \\x");
    }

    @Test
    void shouldRefuseWhenLineIsCutOff() {
        assertThatThrownBy(() -> MountInfo.parse("36 35 98:0 /")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldListTheRootWhenReadingOurOwnMounts() {
        assertThat(Mounts.list()).extracting(MountInfo::mountPoint).contains("/");
    }
}
