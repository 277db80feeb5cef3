package io.caisson.image.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.caisson.kernel.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads and writes JSON of unknown origin: bounded in depth and length, always UTF-8, no name twice in an object. */
public final class JsonDocument {
    /** Of a manifest, an index or a config, in bytes. */
    public static final int MAX_BYTES = 4 << 20;

    private static final int MAX_DEPTH = 64;
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    static {
        var _ = MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_BYTES)
                        .build());
        var _ = MAPPER.getFactory().configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature(), true);
    }

    private JsonDocument() {}

    /** The object in {@code content}; INVALID, naming {@code what}, when it is none. */
    public static JsonNode object(byte[] content, String what) {
        JsonNode node = read(content, what);
        if (!node.isObject()) {
            throw Fault.invalid("invalid " + what + ": not a JSON object");
        }
        return node;
    }

    public static JsonNode read(byte[] content, String what) {
        if (content.length > MAX_BYTES) {
            throw Fault.invalid("invalid " + what + ": larger than " + MAX_BYTES + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            JsonNode node = MAPPER.readTree(text);
            return node == null ? MAPPER.nullNode() : node;
        } catch (IOException e) {
            throw new Fault(Fault.Kind.INVALID, "invalid " + what + ": not JSON", e);
        }
    }

    /** Compact text; order of fields is kept. */
    public static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw Fault.internal("cannot write JSON", e);
        }
    }
}
