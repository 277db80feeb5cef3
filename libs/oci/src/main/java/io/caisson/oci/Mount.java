package io.caisson.oci;

import java.util.List;

/**
 * One mount, as emitted by whoever owns the bytes and consumed by the executor.
 *
 * @param type {@code overlay}, {@code bind}, {@code tmpfs}, {@code proc}, …
 * @param source a path on the node, or the type's name where it has none
 * @param destination an absolute path in the container; empty for a root file system
 * @param options as in fstab and runtime-spec config.md, e.g. {@code lowerdir=…}, {@code rbind}, {@code ro}
 */
public record Mount(String type, String source, String destination, List<String> options) {
    public Mount {
        options = List.copyOf(options);
    }
}
