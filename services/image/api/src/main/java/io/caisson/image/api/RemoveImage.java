package io.caisson.image.api;

import java.util.List;

/**
 * @param usedByRunning for each image id in use by a running container, its container's id; force does not help
 * @param usedByStopped likewise for containers that do not run
 */
public record RemoveImage(
        String nameOrId, boolean force, boolean noPrune, List<Use> usedByRunning, List<Use> usedByStopped) {
    public RemoveImage {
        usedByRunning = List.copyOf(usedByRunning);
        usedByStopped = List.copyOf(usedByStopped);
    }

    public record Use(String imageId, String containerId) {}
}
