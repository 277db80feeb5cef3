package io.caisson.container.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.caisson.bus.wire.WireJson;
import io.caisson.kernel.Fault;
import io.caisson.oci.RuntimeSpec.Arg;
import io.caisson.oci.RuntimeSpec.Seccomp;
import io.caisson.oci.RuntimeSpec.Syscall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A profile that comes with the request: Docker's format, whose conditions are decided here. */
final class SeccompProfile {
    private SeccompProfile() {}

    /** INVALID when it is not such a profile. */
    static Seccomp parse(String json, Set<String> capabilities, String architecture) {
        JsonNode profile = read(json);
        List<Syscall> calls = new ArrayList<>();
        for (JsonNode rule : profile.path("syscalls")) {
            if (included(rule.path("includes"), capabilities, architecture)
                    && !excluded(rule.path("excludes"), capabilities, architecture)) {
                calls.add(syscall(rule));
            }
        }
        return new Seccomp(
                profile.path("defaultAction").asText(),
                number(profile.get("defaultErrnoRet")),
                architectures(profile, architecture),
                profile.has("flags") ? texts(profile.path("flags")) : null,
                calls);
    }

    private static JsonNode read(String json) {
        try {
            JsonNode profile = WireJson.mapper().readTree(json);
            if (profile.path("defaultAction").isTextual()) {
                return profile;
            }
        } catch (JsonProcessingException e) {
            throw Fault.invalid("Decoding seccomp profile failed: " + e.getOriginalMessage());
        }
        throw Fault.invalid("Decoding seccomp profile failed: no defaultAction");
    }

    private static List<String> architectures(JsonNode profile, String architecture) {
        return profile.path("architectures").isEmpty()
                ? SeccompArchitectures.of(architecture)
                : texts(profile.path("architectures"));
    }

    private static boolean included(JsonNode condition, Set<String> capabilities, String architecture) {
        List<String> arches = texts(condition.path("arches"));
        return (arches.isEmpty() || arches.contains(architecture))
                && capabilities.containsAll(texts(condition.path("caps")));
    }

    private static boolean excluded(JsonNode condition, Set<String> capabilities, String architecture) {
        return texts(condition.path("arches")).contains(architecture)
                || texts(condition.path("caps")).stream().anyMatch(capabilities::contains);
    }

    private static Syscall syscall(JsonNode rule) {
        List<String> names = rule.has("name") ? List.of(rule.path("name").asText()) : texts(rule.path("names"));
        List<Arg> args = new ArrayList<>();
        for (JsonNode arg : rule.path("args")) {
            args.add(new Arg(
                    arg.path("index").asInt(),
                    arg.path("value").asLong(),
                    arg.path("valueTwo").asLong(),
                    arg.path("op").asText()));
        }
        return new Syscall(
                names, rule.path("action").asText(), number(rule.get("errnoRet")), args.isEmpty() ? null : args);
    }

    private static @Nullable Integer number(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node.asInt();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
