package io.caisson.network;

/** Names of links on the host; all begin so that an instance can tell its own. At most 15 characters. */
final class NetworkNames {
    private static final int SHORT = 6;
    private static final int ENDPOINT = 8;

    private NetworkNames() {}

    static String defaultBridge(String instance) {
        return "br-" + instance;
    }

    static String bridge(String instance, String networkId) {
        return "br-" + instance + "-" + networkId.substring(0, SHORT);
    }

    static String hostLink(String instance, String endpointId) {
        return "v" + instance + "-" + endpointId.substring(0, ENDPOINT);
    }
}
