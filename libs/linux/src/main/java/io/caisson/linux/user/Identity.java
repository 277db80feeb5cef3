package io.caisson.linux.user;

import java.util.List;

/**
 * Who a process runs as.
 *
 * @param groups all its groups, its own first, without repetitions
 * @param home its home folder; {@code /} where no file tells
 */
public record Identity(int uid, int gid, List<Integer> groups, String home) {
    public Identity {
        groups = List.copyOf(groups);
    }
}
