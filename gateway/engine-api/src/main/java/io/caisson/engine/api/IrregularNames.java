package io.caisson.engine.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the wire departs from UpperCamel, or takes a single string for a list. */
final class IrregularNames {
    private IrregularNames() {}

    interface OfHostConfig {
        @JsonProperty("UTSMode")
        @Nullable
        String utsMode();
    }

    interface OfContainerConfig {
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Nullable
        List<String> cmd();

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Nullable
        List<String> entrypoint();
    }
}
