package io.caisson.linux.netlink;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A route of the kernel's tables.
 *
 * @param destination {@code 0.0.0.0/0} or {@code ::/0} for a default route
 * @param gateway null where the destination is on the link
 * @param link index of the outgoing link; 0 where the route has none
 * @param table 254 is the main table, 255 the local one
 */
public record Route(Cidr destination, @Nullable InetAddress gateway, int link, int table) {
    public static final int MAIN_TABLE = 254;

    public boolean isDefault() {
        return destination.prefixLength() == 0;
    }
}
