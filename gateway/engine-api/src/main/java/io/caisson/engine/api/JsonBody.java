package io.caisson.engine.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caisson.kernel.Fault;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Request bodies: decoded, or refused as INVALID in words close to Go's decoder. */
public final class JsonBody {
    private static final ObjectMapper MAPPER = EngineJson.mapper();

    private JsonBody() {}

    public static ObjectNode object(byte[] body) {
        if (body.length == 0) {
            throw Fault.invalid("invalid JSON: got EOF while reading request body");
        }
        try {
            JsonNode root = MAPPER.readTree(body);
            if (root instanceof ObjectNode object) {
                return object;
            }
            throw Fault.invalid("invalid JSON: json: cannot unmarshal " + goType(root) + " into an object");
        } catch (JsonProcessingException e) {
            throw new Fault(Fault.Kind.INVALID, "invalid JSON: " + syntax(e, body), e);
        } catch (IOException e) {
            throw new Fault(Fault.Kind.INVALID, "invalid JSON: " + e.getMessage(), e);
        }
    }

    public static <T> T read(byte[] body, Class<T> type) {
        return convert(object(body), type);
    }

    public static <T> T convert(JsonNode node, Class<T> type) {
        try {
            return MAPPER.treeToValue(node, type);
        } catch (MismatchedInputException e) {
            throw new Fault(Fault.Kind.INVALID, "invalid JSON: " + mismatch(e, node), e);
        } catch (JsonProcessingException e) {
            throw new Fault(Fault.Kind.INVALID, "invalid JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String syntax(JsonProcessingException e, byte[] body) {
        if (e instanceof JsonEOFException || e.getLocation() == null) {
            return "unexpected EOF";
        }
        long at = e.getLocation().getByteOffset();
        // A word that is no token is complained about at its end.
        while (at > 0 && at <= body.length && Character.isLetterOrDigit(body[(int) at - 1])) {
            at--;
        }
        return at < 0 || at >= body.length
                ? "unexpected EOF"
                : "invalid character '" + (char) body[(int) at] + "' in JSON text";
    }

    private static String mismatch(MismatchedInputException e, JsonNode root) {
        String field = e.getPath().stream().map(JsonBody::step).collect(Collectors.joining("."));
        return "json: cannot unmarshal " + goType(follow(root, e.getPath())) + " into Go struct field " + field
                + " of type " + goType(e.getTargetType());
    }

    private static JsonNode follow(JsonNode root, List<JsonMappingException.Reference> path) {
        JsonNode node = root;
        for (var step : path) {
            String name = step.getFieldName();
            JsonNode next = name == null ? node.path(step.getIndex()) : field(node, name);
            if (next.isMissingNode()) {
                // A single value where a list may be.
                return node;
            }
            node = next;
        }
        return node;
    }

    /** A field whatever the case of its name; a missing node when there is none. */
    public static JsonNode field(JsonNode object, String name) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getKey().equalsIgnoreCase(name)) {
                return entry.getValue();
            }
        }
        return MAPPER.missingNode();
    }

    private static String step(JsonMappingException.Reference step) {
        return step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName();
    }

    private static String goType(JsonNode node) {
        return node.isBoolean() ? "bool" : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static String goType(@Nullable Class<?> type) {
        if (type == null) {
            return "object";
        }
        return switch (type.getSimpleName()) {
            case "String" -> "string";
            case "boolean", "Boolean" -> "bool";
            case "int", "Integer" -> "int";
            case "long", "Long" -> "int64";
            case "List", "ArrayList" -> "[]string";
            case "Map", "LinkedHashMap" -> "map";
            case String other -> other;
        };
    }
}
