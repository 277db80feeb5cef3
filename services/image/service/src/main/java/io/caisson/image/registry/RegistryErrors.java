package io.caisson.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.caisson.image.document.JsonDocument;
import io.caisson.kernel.Fault;
import io.caisson.oci.Reference;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a registry's error answers mean, in Docker's texts. */
final class RegistryErrors {
    private RegistryErrors() {}

    /** @param code as in the distribution spec, {@code MANIFEST_UNKNOWN}; empty when it told none */
    private record Told(String code, String text) {}

    static Fault of(HttpReply reply, Reference reference) {
        Told told = told(reply);
        String because = ": " + told.text();
        return switch (told.code()) {
            case "MANIFEST_UNKNOWN" -> Fault.notFound("manifest for " + reference.familiar() + " not found" + because);
            case "NAME_UNKNOWN" -> Fault.notFound("repository " + reference.familiarName() + " not found" + because);
            case "DENIED" -> denied(reference, told.text());
            case "UNAUTHORIZED" ->
                new Fault(Fault.Kind.UNAUTHORIZED, reply.call().words() + because);
            case "" -> unexpected(reply, reference);
            case String _ -> new Fault(kind(reply.status()), told.text());
        };
    }

    /** The same for a push, where Docker adds no words of its own. */
    static Fault ofPush(HttpReply reply) {
        Told told = told(reply);
        int status = reply.status();
        if (status == 401 && !told.code().equals("DENIED")) {
            return ofPush(Fault.Kind.UNAUTHORIZED, told, "unauthorized: authentication required");
        }
        if (status == 401 || status == 403) {
            return ofPush(Fault.Kind.FORBIDDEN, told, "denied: requested access to the resource is denied");
        }
        return ofPush(kind(status), told, "received unexpected HTTP status: " + status + " " + reply.reason());
    }

    private static Fault ofPush(Fault.Kind kind, Told told, String otherwise) {
        return new Fault(kind, told.text().isEmpty() ? otherwise : told.text());
    }

    private static Fault denied(Reference reference, String because) {
        return Fault.notFound("pull access denied for " + reference.familiarName()
                + ", repository does not exist or may require 'docker login': " + because);
    }

    private static Fault unexpected(HttpReply reply, Reference reference) {
        return switch (reply.status()) {
            case 401 ->
                new Fault(Fault.Kind.UNAUTHORIZED, reply.call().words() + ": unauthorized: authentication required");
            case 403 -> denied(reference, "denied: requested access to the resource is denied");
            case 404 ->
                Fault.notFound(
                        "manifest for " + reference.familiar() + " not found: manifest unknown: manifest unknown");
            case 429 -> new Fault(Fault.Kind.UNAVAILABLE, "toomanyrequests: Too Many Requests");
            default ->
                new Fault(
                        kind(reply.status()),
                        reply.call().words() + ": received unexpected HTTP status: " + reply.status() + " "
                                + reply.reason());
        };
    }

    private static Fault.Kind kind(int status) {
        return status >= 400 && status < 500 && status != 429 ? Fault.Kind.INVALID : Fault.Kind.UNAVAILABLE;
    }

    private static Told told(HttpReply reply) {
        if (reply.status() == 401 && lacksScope(reply)) {
            return new Told("DENIED", "denied: requested access to the resource is denied");
        }
        JsonNode error = firstError(reply);
        String code = error == null ? "" : error.path("code").asText("");
        if (error == null || code.isEmpty()) {
            return new Told("", "");
        }
        String message = error.path("message").asText("");
        String name = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Told(code.toUpperCase(Locale.ROOT), message.isEmpty() ? name : name + ": " + message);
    }

    /** A token was accepted but does not cover the repository: it is not there, or not for this user. */
    private static boolean lacksScope(HttpReply reply) {
        return Challenge.parse(reply.headers().getAll("WWW-Authenticate")).stream()
                .anyMatch(challenge ->
                        challenge.isBearer() && challenge.parameter("error").equals("insufficient_scope"));
    }

    private static @Nullable JsonNode firstError(HttpReply reply) {
        try {
            JsonNode errors = JsonDocument.read(reply.body(), "error").path("errors");
            return errors.isArray() && !errors.isEmpty() ? errors.get(0) : null;
        } catch (Fault _) {
            return null;
        }
    }
}
