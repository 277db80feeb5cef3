package io.caisson.network.ipam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;

/** The subnets that the host's routing table knows already; a new network must not take them away. */
public final class HostRoutes {
    private static final Logger LOG = Logger.getLogger(HostRoutes.class);
    private static final Path TABLE = Path.of("/proc/net/route");
    private static final int DESTINATION = 1;
    private static final int MASK = 7;

    private HostRoutes() {}

    public static List<Subnet> read() {
        try {
            return parse(Files.readAllLines(TABLE));
        } catch (IOException e) {
            LOG.warnf("cannot read %s: %s", TABLE, e.getMessage());
            return List.of();
        }
    }

    /** Destinations of {@code /proc/net/route} but the default route; numbers there are in the host's byte order. */
    static List<Subnet> parse(List<String> lines) {
        return lines.stream()
                .skip(1)
                .map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields.length > MASK)
                .map(fields -> new Subnet(number(fields[DESTINATION]), Long.bitCount(number(fields[MASK]))))
                .filter(subnet -> subnet.prefix() > 0)
                .toList();
    }

    private static long number(String hex) {
        return Integer.toUnsignedLong(Integer.reverseBytes(Integer.parseUnsignedInt(hex, 16)));
    }
}
