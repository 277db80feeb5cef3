package io.caisson.container.api;

import io.caisson.network.api.EndpointRequest;

/**
 * A container that is to be on one more network: at once when it runs, otherwise from its next start on.
 *
 * @param container full id, name or unambiguous id prefix
 * @param network full id, name or unambiguous id prefix
 */
public record ConnectNetwork(String container, String network, EndpointRequest request) {}
