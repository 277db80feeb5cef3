package io.caisson.network.ipam;

/** IPv4 addresses as unsigned 32-bit numbers in a long. */
public final class Ipv4 {
    private static final int PARTS = 4;
    private static final int MAX_PART = 255;

    private Ipv4() {}

    /**
     * The number of a dotted quad.
     *
     * @throws IllegalArgumentException when it is none: {@code invalid IP address: x}
     */
    public static long parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != PARTS) {
            throw invalid(text);
        }
        long address = 0;
        for (String part : parts) {
            if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > MAX_PART) {
                throw invalid(text);
            }
            address = (address << 8) | Integer.parseInt(part);
        }
        return address;
    }

    public static String format(long address) {
        return ((address >> 24) & 255) + "." + ((address >> 16) & 255) + "." + ((address >> 8) & 255) + "."
                + (address & 255);
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("invalid IP address: " + text);
    }
}
