package io.caisson.layerstore.upload;

import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.BlobTarget;
import io.caisson.layerstore.download.EnvironmentProxy;
import io.caisson.layerstore.download.InsecureTls;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Sends bytes into uploads that registries have opened (distribution spec, end-5). Blocks. */
public final class BlobUploads implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    /** A registry that has all bytes may take longer for its answer than a line that is just slow. */
    private static final int PATIENCE = 4;

    private final Duration stall;
    // Compressing is all processor time: no work for virtual threads.
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("blob-upload-", 0).daemon().factory());
    private final HttpClient verifying = client().build();
    private final HttpClient trusting =
            client().sslContext(InsecureTls.context()).build();

    /** @param stall how long nothing may be sent before it is given up */
    public BlobUploads(Duration stall) {
        this.stall = stall;
    }

    private HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .proxy(new EnvironmentProxies())
                .executor(threads);
    }

    /**
     * Sends {@code content} whole and answers where to commit it.
     *
     * @param length of the content; negative when only its end tells
     */
    public URI send(BlobTarget target, InputStream content, long length) throws IOException {
        URI url = URI.create(target.url());
        var moved = new AtomicLong();
        var body = BodyPublishers.ofInputStream(() -> new MeteredInput(content, moved::set));
        BodyPublisher sized = length < 0 ? body : BodyPublishers.fromPublisher(body, Math.max(1, length));
        var request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/octet-stream")
                .header("User-Agent", "caisson")
                .method("PATCH", length == 0 ? BodyPublishers.noBody() : sized);
        if (target.authorization() != null) {
            request.header("Authorization", target.authorization());
        }
        HttpClient client = target.insecure() ? trusting : verifying;
        var response = await(client.sendAsync(request.build(), BodyHandlers.ofString()), moved);
        return location(url, response);
    }

    private HttpResponse<String> await(CompletableFuture<HttpResponse<String>> answer, AtomicLong moved)
            throws IOException {
        try {
            for (long before = -1; ; before = moved.get()) {
                try {
                    long patience = before == moved.get() ? stall.toMillis() * PATIENCE : stall.toMillis();
                    return answer.get(patience, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (before == moved.get()) {
                        throw new Fault(Fault.Kind.UNAVAILABLE, "i/o timeout", e);
                    }
                }
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new Fault(Fault.Kind.UNAVAILABLE, String.valueOf(cause.getMessage()), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            var _ = answer.cancel(true);
        }
    }

    private static URI location(URI url, HttpResponse<String> response) {
        String reason = "received unexpected HTTP status: " + response.statusCode();
        return switch (response.statusCode()) {
            case 200, 201, 202, 204 ->
                url.resolve(response.headers().firstValue("Location").orElse(url.toString()));
            case 401 -> throw new Fault(Fault.Kind.UNAUTHORIZED, "unauthorized: authentication required");
            case 403 -> throw new Fault(Fault.Kind.FORBIDDEN, "denied: requested access to the resource is denied");
            case 400, 405, 411, 413, 415, 416 -> throw Fault.invalid(reason);
            default -> throw new Fault(Fault.Kind.UNAVAILABLE, reason);
        };
    }

    @Override
    public void close() {
        verifying.shutdownNow();
        trusting.shutdownNow();
        var _ = threads.shutdownNow();
    }

    private static final class EnvironmentProxies extends ProxySelector {
        @Override
        public List<Proxy> select(URI uri) {
            return List.of(EnvironmentProxy.of(uri));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException error) {
            // told by the request that fails
        }
    }
}
