package io.caisson.container.store;

import io.caisson.container.model.PlannedMount;
import java.util.List;

/** A JSON column holds an object, never a bare array. */
record MountList(List<PlannedMount> mounts) {
    static final MountList NONE = new MountList(List.of());
}
