package io.caisson.layerstore.download;

import io.caisson.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** One GET of a blob, from some byte on; follows redirects, and keeps the credentials from other hosts. */
final class BlobRequest {
    private static final int REDIRECTS = 10;
    private static final int CONNECT_MILLIS = 15_000;

    private final URI url;
    private final @Nullable String authorization;
    private final boolean insecure;
    private final Duration stall;

    BlobRequest(URI url, @Nullable String authorization, boolean insecure, Duration stall) {
        this.url = url;
        this.authorization = authorization;
        this.insecure = insecure;
        this.stall = stall;
    }

    String host() {
        return url.getAuthority();
    }

    /**
     * The body from byte {@code from} on.
     *
     * @param total the size the whole must have
     * @throws IOException when trying again may help
     * @throws Fault when it does not
     */
    InputStream open(long from, long total) throws IOException {
        URI at = url;
        for (int i = 0; i <= REDIRECTS; i++) {
            HttpURLConnection connection = connect(at, from);
            int status = connection.getResponseCode();
            String location = connection.getHeaderField("Location");
            if (status / 100 != 3 || location == null) {
                return body(connection, status, from, total);
            }
            connection.disconnect();
            at = redirected(at, location);
        }
        throw new Fault(Fault.Kind.UNAVAILABLE, "stopped after " + REDIRECTS + " redirects: " + url);
    }

    private static URI redirected(URI at, String location) {
        try {
            URI next = at.resolve(location);
            if ("https".equals(next.getScheme()) || "http".equals(next.getScheme())) {
                return next;
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        throw new Fault(Fault.Kind.UNAVAILABLE, "bad redirect of " + at.getAuthority());
    }

    private HttpURLConnection connect(URI at, long from) throws IOException {
        var connection = (HttpURLConnection) at.toURL().openConnection(EnvironmentProxy.of(at));
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout((int) stall.toMillis());
        connection.setUseCaches(false);
        connection.setRequestProperty("User-Agent", "caisson");
        connection.setRequestProperty("Accept", "*/*");
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (authorization != null && isOrigin(at)) {
            connection.setRequestProperty("Authorization", authorization);
        }
        if (from > 0) {
            connection.setRequestProperty("Range", "bytes=" + from + "-");
        }
        if (insecure && connection instanceof HttpsURLConnection https) {
            InsecureTls.accept(https);
        }
        return connection;
    }

    private boolean isOrigin(URI at) {
        return at.getScheme().equals(url.getScheme()) && at.getAuthority().equalsIgnoreCase(url.getAuthority());
    }

    private InputStream body(HttpURLConnection connection, int status, long from, long total) throws IOException {
        return switch (status) {
            case HttpURLConnection.HTTP_OK -> {
                expect(connection, total);
                InputStream in = connection.getInputStream();
                in.skipNBytes(from);
                yield in;
            }
            case HttpURLConnection.HTTP_PARTIAL -> {
                String range = String.valueOf(connection.getHeaderField("Content-Range"));
                if (!range.startsWith("bytes " + from + "-")) {
                    throw new IOException("unexpected range " + range);
                }
                expect(connection, total - from);
                yield connection.getInputStream();
            }
            default -> throw refused(connection, status);
        };
    }

    private static void expect(HttpURLConnection connection, long length) {
        long announced = connection.getContentLengthLong();
        if (announced >= 0 && announced != length) {
            connection.disconnect();
            throw Fault.invalid("unexpected size of blob: " + announced + " bytes instead of " + length);
        }
    }

    private IOException refused(HttpURLConnection connection, int status) throws IOException {
        String reason = status + " " + connection.getResponseMessage();
        connection.disconnect();
        return switch (status) {
            case 401 -> throw new Fault(Fault.Kind.UNAUTHORIZED, "unauthorized: authentication required");
            case 403 -> throw new Fault(Fault.Kind.FORBIDDEN, "denied: requested access to the resource is denied");
            case 404 -> throw Fault.notFound("blob unknown to registry");
            case 408, 425, 429, 500, 502, 503, 504 -> new IOException("received unexpected HTTP status: " + reason);
            default -> throw new Fault(Fault.Kind.UNAVAILABLE, "received unexpected HTTP status: " + reason);
        };
    }
}
