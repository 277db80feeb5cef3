package io.caisson.executor.api;

/** @param pid in the host's pid namespace */
public record StartedExec(int pid) {}
