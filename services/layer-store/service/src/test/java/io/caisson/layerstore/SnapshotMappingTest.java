package io.caisson.layerstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.caisson.kernel.Fault;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.store.LayerRow;
import io.caisson.layerstore.store.SnapshotLayers;
import io.caisson.layerstore.store.SnapshotRow;
import io.caisson.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotMappingTest {
    private final LayerFolders folders = new LayerFolders(Path.of("/var/lib/caisson/layers"));

    private static LayerRow layer(int number) {
        var row = new LayerRow();
        row.diffId = Digest.sha256(("layer " + number).getBytes(StandardCharsets.UTF_8))
                .toString();
        row.link = "%04d".formatted(number);
        return row;
    }

    private static SnapshotRow over(List<LayerRow> layers) {
        var row = new SnapshotRow();
        row.name = "some";
        row.link = "snap";
        row.layers =
                new SnapshotLayers(layers.stream().map(layer -> layer.diffId).toList());
        return row;
    }

    @Test
    void shouldFitIntoOneMountWhenThereAreAsManyLayersAsAllowed() {
        var layers =
                IntStream.range(0, 127).mapToObj(SnapshotMappingTest::layer).toList();

        var info = SnapshotMapping.info(folders, over(layers), SnapshotMapping.byDiffId(layers));

        assertThat(info.lowerDirs()).hasSize(127).startsWith("/var/lib/caisson/layers/l/0126");
        assertThat(String.join(",", info.mount().options())).hasSizeLessThan(4096);
    }

    @Test
    void shouldLeaveOutWhatIsBelowWhenALayerHidesIt() {
        var layers = List.of(layer(1), layer(2), layer(3));
        layers.get(1).opaqueRoot = true;

        var info = SnapshotMapping.info(folders, over(layers), SnapshotMapping.byDiffId(layers));

        assertThat(info.lowerDirs())
                .containsExactly("/var/lib/caisson/layers/l/0003", "/var/lib/caisson/layers/l/0002");
    }

    @Test
    void shouldSayThatTheDiskIsFullWhenItIs() {
        var error = LayerFaults.translate(new IllegalStateException(new IOException("No space left on device")));

        assertThat(error).isInstanceOf(Fault.class).hasMessage("no space left on device");
    }
}
