package io.caisson.network;

/** Names of networks, and of their links on the host; those all begin so that an instance can tell its own. */
final class NetworkNames {
    private static final int SHORT = 6;
    private static final int ENDPOINT = 8;

    private NetworkNames() {}

    /** The network that a mode means. */
    static String canonical(String mode) {
        return mode.isEmpty() || mode.equals("default") ? PredefinedNetworks.BRIDGE : mode;
    }

    static String defaultBridge(String instance) {
        return "br-" + instance;
    }

    /** At most 15 characters. */
    static String bridge(String instance, String networkId) {
        return "br-" + instance + "-" + networkId.substring(0, SHORT);
    }

    static String hostLink(String instance, String endpointId) {
        return "v" + instance + "-" + endpointId.substring(0, ENDPOINT);
    }
}
