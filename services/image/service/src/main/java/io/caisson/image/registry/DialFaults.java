package io.caisson.image.registry;

import io.caisson.kernel.Fault;
import io.vertx.core.VertxException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What failed exchanges are called: in the words that Docker's users search for. */
final class DialFaults {
    private DialFaults() {}

    static Fault translate(HttpCall call, Throwable error) {
        if (error instanceof Fault fault) {
            return fault;
        }
        return new Fault(Fault.Kind.UNAVAILABLE, call.words() + ": " + reason(call.uri(), error), error);
    }

    private static String reason(URI uri, Throwable error) {
        String text = String.valueOf(error.getMessage());
        return switch (error) {
            case UnknownHostException _ -> "dial tcp: lookup " + uri.getHost() + ": no such host";
            case ConnectException _ -> "dial tcp " + address(uri, text) + ": " + connectReason(text);
            case SSLException _ -> tlsReason(text);
            case TimeoutException _ -> "net/http: request canceled (Client.Timeout exceeded while awaiting headers)";
            case VertxException _ when text.contains("closed") -> "EOF";
            case SocketException _ -> "read tcp: " + text.toLowerCase(Locale.ROOT);
            case Throwable _ -> text;
        };
    }

    private static String connectReason(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("timed out")) {
            return "i/o timeout";
        }
        return "connect: " + (lower.contains("unreachable") ? "network is unreachable" : "connection refused");
    }

    /** Netty tells {@code Connection refused: host/1.2.3.4:5}. */
    private static String address(URI uri, String text) {
        int slash = text.lastIndexOf('/');
        return slash < 0 ? uri.getAuthority() : text.substring(slash + 1);
    }

    private static String tlsReason(String text) {
        return text.contains("not an SSL/TLS record")
                ? "http: server gave HTTP response to HTTPS client"
                : "tls: failed to verify certificate: " + text;
    }
}
