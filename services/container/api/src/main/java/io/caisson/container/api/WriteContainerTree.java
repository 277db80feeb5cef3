package io.caisson.container.api;

/**
 * @param path of a folder in the container
 * @param copyUidGid everything shall belong to the container's user; else to whom the tar says
 * @param keepKinds a folder must not be replaced by something else, nor something else by a folder
 */
public record WriteContainerTree(String nameOrId, String path, boolean copyUidGid, boolean keepKinds) {}
