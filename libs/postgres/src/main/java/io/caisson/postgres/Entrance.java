package io.caisson.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * How the server's user gets to the server's folder: by its path, or, where a folder above is closed to that user, by a bind
 * mount in a mount namespace of the server's own. Nobody else sees that mount, and it goes with the server.
 */
final class Entrance {
    /** The same for all: every server has its own view of it. */
    private static final Path DOOR = Path.of("/run/caisson-postgres");

    private static final String ENTER = "mount --bind \"$1\" \"$2\" && shift 2 && exec \"$@\"";

    private final Path folder;
    private final ServerUser user;
    private final boolean open;

    private Entrance(Path folder, ServerUser user, boolean open) {
        this.folder = folder;
        this.user = user;
        this.open = open;
    }

    static Entrance to(Path folder, ServerUser user) throws IOException {
        boolean open = user.canEnter(folder);
        if (!open && !Files.isDirectory(DOOR)) {
            Files.createDirectories(DOOR);
            Files.setPosixFilePermissions(DOOR, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return new Entrance(folder, user, open);
    }

    /** What the server calls {@code path}. */
    Path seen(Path path) {
        return open || !path.startsWith(folder) ? path : DOOR.resolve(folder.relativize(path));
    }

    /** {@code command}, whose paths are {@link #seen}, as the server's user. */
    List<String> as(List<String> command) {
        if (open) {
            return user.as(command);
        }
        var whole = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "slave", "--", "sh", "-c", ENTER));
        whole.addAll(List.of("caisson", folder.toString(), DOOR.toString()));
        whole.addAll(user.as(command));
        return whole;
    }

    void own(Path path) throws IOException {
        user.own(path);
    }
}
