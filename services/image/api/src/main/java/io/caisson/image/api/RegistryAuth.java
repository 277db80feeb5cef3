package io.caisson.image.api;

import org.jspecify.annotations.Nullable;

/** Credentials for one registry, as a client sends them in {@code X-Registry-Auth}. Never logged. */
public record RegistryAuth(
        @Nullable String username,
        @Nullable String password,
        @Nullable String identityToken,
        @Nullable String registryToken,
        @Nullable String serverAddress) {
    @Override
    public String toString() {
        return "RegistryAuth[" + serverAddress + "]";
    }
}
