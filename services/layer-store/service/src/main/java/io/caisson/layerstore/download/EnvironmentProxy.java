package io.caisson.layerstore.download;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The proxy that {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY} ask for, in either case of letters. */
public final class EnvironmentProxy {
    private static final int DEFAULT_PORT = 80;

    private EnvironmentProxy() {}

    public static Proxy of(URI target) {
        return of(target, System.getenv());
    }

    static Proxy of(URI target, Map<String, String> environment) {
        String proxy = value(environment, target.getScheme() + "_proxy");
        String host = target.getHost();
        if (proxy == null || host == null || isLocal(host) || isExcepted(host, value(environment, "no_proxy"))) {
            return Proxy.NO_PROXY;
        }
        URI address = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
        int port = address.getPort() < 0 ? DEFAULT_PORT : address.getPort();
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(address.getHost(), port));
    }

    private static @Nullable String value(Map<String, String> environment, String name) {
        String lower = environment.get(name);
        String value = lower == null ? environment.get(name.toUpperCase(Locale.ROOT)) : lower;
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static boolean isLocal(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private static boolean isExcepted(String host, @Nullable String exceptions) {
        if (exceptions == null) {
            return false;
        }
        for (String exception : exceptions.split(",")) {
            String suffix = exception.strip().toLowerCase(Locale.ROOT);
            String domain = suffix.startsWith(".") ? suffix : "." + suffix;
            if (suffix.equals("*") || (!suffix.isEmpty() && ("." + host.toLowerCase(Locale.ROOT)).endsWith(domain))) {
                return true;
            }
        }
        return false;
    }
}
