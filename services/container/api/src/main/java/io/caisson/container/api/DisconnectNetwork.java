package io.caisson.container.api;

/**
 * A container that is to leave a network, now and for its next starts.
 *
 * @param container full id, name or unambiguous id prefix
 * @param network full id, name or unambiguous id prefix
 */
public record DisconnectNetwork(String container, String network) {}
