package io.caisson.container.spec;

/**
 * A device of the node.
 *
 * @param path where it appears in the container
 * @param type {@code c} or {@code b}
 * @param mode permission bits
 * @param access what the container may do: a subset of {@code rwm}
 */
public record DeviceNode(
        String path, String type, long major, long minor, int mode, long uid, long gid, String access) {
    DeviceNode as(String newPath, String newAccess) {
        return new DeviceNode(newPath, type, major, minor, mode, uid, gid, newAccess);
    }
}
