package io.caisson.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * Who the server runs as: PostgreSQL refuses root, so root lends it a system user; anybody else runs it as themselves.
 */
final class ServerUser {
    private static final String NAME = "caisson-postgres";
    private static final Path ANYWHERE = Path.of("/");

    private final String user;
    private final String group;
    private final boolean lent;

    private ServerUser(String user, String group, boolean lent) {
        this.user = user;
        this.group = group;
        this.lent = lent;
    }

    /** Makes the system user when it is missing; {@code nobody} serves where none can be made. */
    static ServerUser resolve() throws IOException {
        if (!ask("id", "-u").equals("0")) {
            return new ServerUser(ask("id", "-un"), ask("id", "-gn"), false);
        }
        if (!exists(NAME)) {
            var _ = Commands.run(
                    List.of(
                            "useradd",
                            "--system",
                            "--user-group",
                            "--no-create-home",
                            "--home-dir",
                            "/nonexistent",
                            "--shell",
                            "/usr/sbin/nologin",
                            NAME),
                    ANYWHERE,
                    "");
        }
        String user = exists(NAME) ? NAME : "nobody";
        return new ServerUser(user, ask("id", "-gn", user), true);
    }

    /** {@code command} as this user, without a way back to more privileges. */
    List<String> as(List<String> command) {
        if (!lent) {
            return command;
        }
        var whole = new ArrayList<>(
                List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "--no-new-privs", "--"));
        whole.addAll(command);
        return whole;
    }

    void own(Path path) throws IOException {
        if (!lent) {
            return;
        }
        var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        view.setOwner(userPrincipal(path));
        view.setGroup(groupPrincipal(path));
    }

    /** Lets the user pass through {@code folder}, which stays closed to everybody else. */
    void passThrough(Path folder) throws IOException {
        if (!lent || Folders.othersPass(folder)) {
            return;
        }
        Files.getFileAttributeView(folder, PosixFileAttributeView.class).setGroup(groupPrincipal(folder));
        Folders.letGroupPass(folder);
    }

    boolean canEnter(Path folder) throws IOException {
        return !lent
                || Commands.run(as(List.of("test", "-x", folder.toString())), ANYWHERE, "")
                                .code()
                        == 0;
    }

    private UserPrincipal userPrincipal(Path path) throws IOException {
        return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
    }

    private GroupPrincipal groupPrincipal(Path path) throws IOException {
        return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
    }

    private static boolean exists(String user) throws IOException {
        return Commands.run(List.of("id", "-u", user), ANYWHERE, "").code() == 0;
    }

    private static String ask(String... command) throws IOException {
        Commands.Outcome outcome = Commands.run(List.of(command), ANYWHERE, "");
        if (outcome.code() != 0) {
            throw new IOException(String.join(" ", command) + ": " + outcome.output());
        }
        return outcome.output();
    }
}
