package io.caisson.linux.user;

import io.caisson.kernel.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Resolves {@code user[:group]} (names or numbers, both optional) as Docker does. Pure: the caller reads {@code
 * /etc/passwd} and {@code /etc/group} of the container's root, bounded, and passes empty texts for missing files.
 */
public final class Users {
    private static final long MAX_ID = Integer.MAX_VALUE;

    private Users() {}

    /**
     * @param specification as in {@code docker run --user}; empty means root
     * @param additional groups to add, names or numbers, as in {@code docker run --group-add}
     * @throws Fault INVALID with Docker's text for names that the files do not have and numbers out of range
     */
    public static Identity resolve(String specification, List<String> additional, String passwd, String group) {
        int colon = specification.indexOf(':');
        String userPart = colon < 0 ? specification : specification.substring(0, colon);
        String groupPart = colon < 0 ? "" : specification.substring(colon + 1);
        Optional<Passwd.User> user = user(userPart, passwd);
        int uid = user.map(Passwd.User::uid).orElseGet(() -> userNumber(userPart));
        var groups = new LinkedHashSet<Integer>();
        int gid = groupPart.isEmpty() ? user.map(Passwd.User::gid).orElse(0) : group(groupPart, group);
        groups.add(checked(gid));
        if (groupPart.isEmpty()) {
            user.ifPresent(known -> groups.addAll(memberships(known.name(), group)));
        }
        additional.forEach(name -> groups.add(group(name, group)));
        String home =
                user.map(Passwd.User::home).filter(known -> !known.isEmpty()).orElse("/");
        return new Identity(checked(uid), gid, new ArrayList<>(groups), home);
    }

    /** The first line whose name or, where a number was given, whose number it is. */
    private static Optional<Passwd.User> user(String part, String passwd) {
        OptionalLong number = part.isEmpty() ? OptionalLong.of(0) : number(part);
        return Passwd.users(passwd)
                .filter(user -> user.name().equals(part) || (number.isPresent() && user.uid() == number.getAsLong()))
                .findFirst();
    }

    private static int userNumber(String part) {
        if (part.isEmpty()) {
            return 0;
        }
        return checked(number(part)
                .orElseThrow(
                        () -> Fault.invalid("unable to find user " + part + ": no matching entries in passwd file")));
    }

    private static int group(String part, String group) {
        OptionalLong number = number(part);
        Optional<Passwd.Group> found = Passwd.groups(group)
                .filter(known -> known.name().equals(part) || (number.isPresent() && known.gid() == number.getAsLong()))
                .findFirst();
        if (found.isPresent()) {
            return checked(found.get().gid());
        }
        return checked(number.orElseThrow(
                () -> Fault.invalid("unable to find group " + part + ": no matching entries in group file")));
    }

    private static List<Integer> memberships(String user, String group) {
        if (user.isEmpty()) {
            return List.of();
        }
        return Passwd.groups(group)
                .filter(known -> known.members().contains(user))
                .map(Passwd.Group::gid)
                .toList();
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static int checked(long id) {
        if (id < 0 || id > MAX_ID) {
            throw Fault.invalid("uids and gids must be in range 0-" + MAX_ID);
        }
        return (int) id;
    }
}
