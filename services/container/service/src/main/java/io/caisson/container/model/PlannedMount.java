package io.caisson.container.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mount of the user's, or of the image's volumes, as it is kept with the container. */
public sealed interface PlannedMount {
    /** A clean absolute path in the container. */
    String destination();

    /**
     * A path of the node.
     *
     * @param mode as it was asked for, e.g. {@code z} or {@code ro}
     * @param createSource make the folder when it does not exist
     */
    record Bind(
            String source,
            String destination,
            boolean readOnly,
            String mode,
            String propagation,
            boolean recursive,
            boolean createSource)
            implements PlannedMount {}

    /**
     * A volume.
     *
     * @param source the volume's folder on the node; empty until the volume exists
     * @param copyUp fill an empty volume with what the image has at the destination
     * @param subpath below the volume's folder
     * @param options of the driver, where the volume is not a folder but something to mount; null until it exists
     */
    record Volume(
            String name,
            boolean anonymous,
            String driver,
            String source,
            String destination,
            boolean readOnly,
            String mode,
            boolean copyUp,
            @Nullable String subpath,
            @Nullable Map<String, String> options)
            implements PlannedMount {
        public Volume(
                String name,
                boolean anonymous,
                String driver,
                String source,
                String destination,
                boolean readOnly,
                String mode,
                boolean copyUp,
                @Nullable String subpath) {
            this(name, anonymous, driver, source, destination, readOnly, mode, copyUp, subpath, null);
        }

        public Volume at(String newName, String newSource, Map<String, String> newOptions) {
            return new Volume(
                    newName,
                    anonymous,
                    driver,
                    newSource,
                    destination,
                    readOnly,
                    mode,
                    copyUp,
                    subpath,
                    newOptions.isEmpty() ? null : newOptions);
        }
    }

    /** @param listed shown among the mounts of {@code inspect}: those of the {@code --mount} form */
    record Tmpfs(String destination, List<String> options, boolean listed) implements PlannedMount {
        public Tmpfs {
            options = List.copyOf(options);
        }
    }
}
