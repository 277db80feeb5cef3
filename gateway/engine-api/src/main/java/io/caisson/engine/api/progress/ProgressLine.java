package io.caisson.engine.api.progress;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.caisson.engine.api.EngineJson;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One line of a progress stream; ends with {@code \r\n} on the wire. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProgressLine(
        @JsonProperty("stream") @Nullable String stream,
        @JsonProperty("status") @Nullable String status,
        @JsonProperty("progressDetail") @Nullable Detail progressDetail,
        @JsonProperty("progress") @Nullable String progress,
        @JsonProperty("id") @Nullable String id,
        @JsonProperty("errorDetail") @Nullable ErrorDetail errorDetail,
        @JsonProperty("error") @Nullable String error,
        @JsonProperty("aux") @Nullable PushedTag aux) {

    /** Absent numbers are left out, so that nothing is {@code {}}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Detail(
            @JsonProperty("current") @Nullable Long current,
            @JsonProperty("total") @Nullable Long total) {
        static final Detail NONE = new Detail(null, null);
    }

    public record PushedTag(
            @JsonProperty("Tag") String tag,
            @JsonProperty("Digest") String digest,
            @JsonProperty("Size") long size) {}

    /** {@code error} repeats the text for older clients. */
    public record ErrorDetail(@JsonProperty("message") String message) {}

    public static ProgressLine status(String status) {
        return new ProgressLine(null, status, null, null, null, null, null, null);
    }

    static ProgressLine titled(String status, String id) {
        return new ProgressLine(null, status, null, null, id, null, null, null);
    }

    static ProgressLine of(String status, String id) {
        return new ProgressLine(null, status, Detail.NONE, null, id, null, null, null);
    }

    static ProgressLine moving(String status, String id, long current, long total) {
        var detail = new Detail(current, total > 0 ? total : null);
        return new ProgressLine(null, status, detail, ProgressBar.of(current, total), id, null, null, null);
    }

    public static ProgressLine stream(String text) {
        return new ProgressLine(text, null, null, null, null, null, null, null);
    }

    public static ProgressLine error(String message) {
        return new ProgressLine(null, null, null, null, null, new ErrorDetail(message), message, null);
    }

    /** What clients read a pushed image's digest from. */
    static ProgressLine pushed(PushedTag tag) {
        return new ProgressLine(null, null, Detail.NONE, null, null, null, null, tag);
    }

    public byte[] bytes() {
        byte[] json = EngineJson.bytes(this);
        byte[] line = Arrays.copyOf(json, json.length + 2);
        line[json.length] = '\r';
        line[json.length + 1] = '\n';
        return line;
    }
}
