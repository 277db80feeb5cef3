package io.caisson.linux.user;

import java.util.List;
import java.util.stream.Stream;

/** Lines of passwd(5) and group(5), read as tolerantly as programs in containers expect. */
final class Passwd {
    private Passwd() {}

    /** A line of passwd(5). */
    record User(String name, int uid, int gid, String home) {}

    /** A line of group(5). */
    record Group(String name, int gid, List<String> members) {}

    static Stream<User> users(String passwd) {
        return lines(passwd)
                .map(fields -> new User(
                        field(fields, 0), number(field(fields, 2)), number(field(fields, 3)), field(fields, 5)));
    }

    static Stream<Group> groups(String group) {
        return lines(group)
                .map(fields -> new Group(
                        field(fields, 0),
                        number(field(fields, 2)),
                        List.of(field(fields, 3).split(","))));
    }

    private static Stream<String[]> lines(String file) {
        return file.lines().map(String::strip).filter(line -> !line.isEmpty()).map(line -> line.split(":", -1));
    }

    private static String field(String[] fields, int index) {
        return index < fields.length ? fields[index] : "";
    }

    /** What is no number counts as 0. */
    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
