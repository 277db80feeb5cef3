package io.caisson.engine.api.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.caisson.image.api.ImageRemoval;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a removal did, step by step. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RemovalLine(
        @Nullable String untagged, @Nullable String deleted) {
    public static List<RemovalLine> all(ImageRemoval removal) {
        return Stream.concat(
                        removal.untagged().stream().map(name -> new RemovalLine(name, null)),
                        removal.deleted().stream().map(id -> new RemovalLine(null, id)))
                .toList();
    }
}
