package io.caisson.executor.spec;

import io.caisson.executor.api.StartTask;
import io.caisson.linux.Errno;
import io.caisson.linux.LinuxException;
import io.caisson.linux.file.RootedFiles;
import io.caisson.linux.user.Identity;
import io.caisson.linux.user.Users;
import io.caisson.oci.RuntimeSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ids of a container's user, by the container's own files, which are not to be trusted. Blocks. */
public final class UserIdentity {
    private static final int LIMIT = 8 << 20;

    private UserIdentity() {}

    /** @param root the container's root file system as this process reaches it */
    public static Found of(StartTask task, Path root) throws IOException {
        return find(task.user(), task.groupAdd(), task.spec().process().user().umask(), root);
    }

    /** @param home by the number alone, as the runtime looks for it */
    public record Found(RuntimeSpec.User user, String home) {}

    /** @param user Docker's {@code user[:group]} */
    public static Found find(String user, List<String> groupAdd, @Nullable Integer umask, Path root)
            throws IOException {
        try (RootedFiles files = RootedFiles.at(root)) {
            Identity identity = identity(user, groupAdd, files);
            String passwd = read(files, "/etc/passwd");
            String home = Users.resolve(Integer.toString(identity.uid()), List.of(), passwd, "")
                    .home();
            var ids = new RuntimeSpec.User(
                    identity.uid(),
                    identity.gid(),
                    umask,
                    identity.groups().stream().map(Long::valueOf).toList());
            return new Found(ids, home);
        }
    }

    public static Identity identity(String user, List<String> groupAdd, RootedFiles files) throws IOException {
        return Users.resolve(user, groupAdd, read(files, "/etc/passwd"), read(files, "/etc/group"));
    }

    private static String read(RootedFiles files, String path) throws IOException {
        try {
            return new String(files.readAll(path, LIMIT), StandardCharsets.UTF_8);
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return "";
            }
            throw e;
        }
    }
}
