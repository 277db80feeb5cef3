package io.caisson.executor.api;

import io.caisson.kernel.ContainerId;
import io.caisson.oci.Mount;
import java.util.List;

/**
 * What a container's files are made of, whether it runs or not.
 *
 * @param rootfs the mount that is the root file system (overlay); its destination is empty
 * @param mounts what is bound over it, parents first; other kinds of mounts are not seen
 * @param readOnly the root file system must not be written to
 */
public record ContainerFiles(ContainerId container, Mount rootfs, List<Mount> mounts, boolean readOnly) {
    public ContainerFiles {
        mounts = List.copyOf(mounts);
    }
}
