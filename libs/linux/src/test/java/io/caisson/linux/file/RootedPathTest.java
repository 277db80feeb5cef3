package io.caisson.linux.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RootedPathTest {
    @Test
    void shouldSplitTheLastNameWhenPathHasFolders() {
        assertThat(RootedPath.parse("/usr//bin/sh/")).isEqualTo(new RootedPath("usr//bin", "sh"));
        assertThat(RootedPath.parse("usr/bin//sh")).isEqualTo(new RootedPath("usr/bin", "sh"));
        assertThat(RootedPath.parse("sh")).isEqualTo(new RootedPath("", "sh"));
        assertThat(RootedPath.parse("//sh")).isEqualTo(new RootedPath("", "sh"));
    }

    @Test
    void shouldBeTheRootWhenNothingIsNamed() {
        assertThat(RootedPath.parse("")).isEqualTo(new RootedPath("", ""));
        assertThat(RootedPath.parse("///")).isEqualTo(new RootedPath("", ""));
        assertThat(RootedPath.parse("/").isNamed()).isFalse();
        assertThat(RootedPath.parse("a/..").isNamed()).isFalse();
        assertThat(RootedPath.parse("a/.").isNamed()).isFalse();
        assertThat(RootedPath.parse("a/...").isNamed()).isTrue();
    }
}
