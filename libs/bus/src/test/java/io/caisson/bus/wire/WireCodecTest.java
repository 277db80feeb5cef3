package io.caisson.bus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WireCodecTest {
    sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record Square(double side) implements Shape {}

        record Nothing() implements Shape {}
    }

    record Drawing(
            String name,
            List<Shape> shapes,
            Instant at,
            @Nullable String note) {}

    @Test
    void shouldComeBackEqualWhenItCrossedAsJson() {
        // Given
        var drawing = new Drawing(
                "d",
                List.of(new Shape.Circle(1), new Shape.Square(2), new Shape.Nothing()),
                Instant.parse("2026-01-02T03:04:05.123456789Z"),
                null);
        Buffer buffer = Buffer.buffer();

        // When
        new WireCodec().encodeToWire(buffer, Wire.of(drawing));
        Drawing back = new WireCodec().decodeFromWire(0, buffer).as(Drawing.class);

        // Then
        assertThat(back).isEqualTo(drawing);
    }

    @Test
    void shouldBeTheSameObjectWhenItStaysInTheJvm() {
        var drawing = new Drawing("d", List.of(), Instant.EPOCH, null);

        Drawing back = new WireCodec().transform(Wire.of(drawing)).as(Drawing.class);

        assertThat(back).isSameAs(drawing);
    }
}
