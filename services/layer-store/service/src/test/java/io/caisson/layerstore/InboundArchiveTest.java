package io.caisson.layerstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.testkit.TarBuilder;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboundArchiveTest {
    private static final byte[] TAR = new TarBuilder().file("f", "content").build();

    @TempDir
    Path folder;

    @Test
    void shouldNotBeIdleWhenItsBytesAreComing() throws IOException {
        // Given
        var archive = new InboundArchive(folder, false);
        var idleMeanwhile = new AtomicBoolean(true);
        InputStream in = new ByteArrayInputStream(TAR) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                idleMeanwhile.set(archive.isIdle(Duration.ZERO));
                return super.read(bytes, offset, length);
            }
        };

        // When
        archive.receive(in);

        // Then
        assertThat(idleMeanwhile).isFalse();
        assertThat(archive.isIdle(Duration.ofMinutes(1))).isFalse();
        assertThat(archive.isIdle(Duration.ZERO)).isTrue();
    }

    @Test
    void shouldNotBeIdleWhenAFileOfItIsRead() throws IOException {
        // Given
        var archive = new InboundArchive(folder, false);
        archive.receive(new ByteArrayInputStream(TAR));

        // When
        boolean idleMeanwhile = archive.file("f", _ -> Uni.createFrom().item(archive.isIdle(Duration.ZERO)))
                .await()
                .indefinitely();

        // Then
        assertThat(idleMeanwhile).isFalse();
        assertThat(archive.isIdle(Duration.ZERO)).isTrue();
    }
}
