package io.caisson.engine.api.container;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.caisson.container.api.WaitEvent;
import org.jspecify.annotations.Nullable;

/** How a container ended, for those who waited. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WaitResult(int statusCode, @Nullable WaitError error) {
    public record WaitError(String message) {}

    public static WaitResult of(WaitEvent.Ended ended) {
        String error = ended.error();
        return new WaitResult(ended.exitCode(), error == null ? null : new WaitError(error));
    }
}
