package io.caisson.network.api;

/** A published port as it was bound. */
public record PublishedPort(String protocol, int containerPort, String hostIp, int hostPort) {}
