package io.caisson.image.api;

/** Credentials to check; their server address says where, empty for Docker Hub. */
public record RegistryLogin(RegistryAuth auth) {}
