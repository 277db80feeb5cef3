package io.caisson.image.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How registries are reached here. */
@ApplicationScoped
class RegistrySettings {
    private final EndpointPlanner endpoints;

    RegistrySettings(
            @ConfigProperty(name = "caisson.registry-mirrors") Optional<List<String>> mirrors,
            @ConfigProperty(name = "caisson.insecure-registries") Optional<List<String>> insecure) {
        this.endpoints = new EndpointPlanner(mirrors.orElse(List.of()), insecure.orElse(List.of()));
    }

    List<Endpoint> endpoints(String domain) {
        return endpoints.endpoints(domain);
    }
}
