package io.caisson.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LinuxExceptionTest {
    @Test
    void shouldNameTheErrorWhenACallFails() {
        assertThat(new LinuxException("mount", Errno.EBUSY)).hasMessage("mount: EBUSY (Device or resource busy)");
    }

    @Test
    void shouldNumberTheErrorWhenTheLibraryDoesNotKnowIt() {
        assertThat(new LinuxException("mount", 9999)).hasMessage("mount: errno 9999 (errno 9999)");
    }

    @Test
    void shouldCarryErrnoAndPathWhenOpeningAMissingFile() {
        assertThatThrownBy(() -> Fd.open(Path.of("/does/not/exist"), Fd.O_RDONLY))
                .isInstanceOfSatisfying(LinuxException.class, e -> {
                    assertThat(e.errno()).isEqualTo(Errno.ENOENT);
                    assertThat(e.call()).isEqualTo("open");
                    assertThat(e).hasMessage("open: ENOENT (No such file or directory): /does/not/exist");
                });
    }
}
