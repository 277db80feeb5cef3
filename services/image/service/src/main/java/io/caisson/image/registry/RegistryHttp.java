package io.caisson.image.registry;

import io.caisson.kernel.Fault;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to registries. Answers are read whole, up to a limit; redirects are followed here, so that credentials stay
 * with the host they are meant for. Cancelling ends the exchange.
 */
@ApplicationScoped
class RegistryHttp {
    private static final int CONNECT_MILLIS = 15_000;
    private static final int ANSWER_MILLIS = 60_000;
    /** An insecure registry that does not understand TLS may just be silent: then it is plain HTTP. */
    private static final int PLAIN_GUESS_SECONDS = 5;

    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient verifying;
    private final HttpClient trusting;

    RegistryHttp(Vertx vertx) {
        this.verifying = vertx.createHttpClient(options());
        this.trusting = vertx.createHttpClient(
                options().setTrustAll(true).setVerifyHost(false).setSslHandshakeTimeout(PLAIN_GUESS_SECONDS));
    }

    private static HttpClientOptions options() {
        return new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setDecompressionSupported(false)
                .setKeepAliveTimeout(30)
                .setMaxPoolSize(16);
    }

    @PreDestroy
    void close() {
        verifying.close();
        trusting.close();
    }

    /** Fails with UNAVAILABLE when there is no answer, INVALID when it is too large; any status is an answer. */
    Uni<HttpReply> send(HttpCall call) {
        return follow(call, MAX_REDIRECTS);
    }

    private Uni<HttpReply> follow(HttpCall call, int left) {
        return once(call).chain(reply -> {
            String location = reply.header("Location");
            if (!REDIRECTS.contains(reply.status()) || location == null || !call.isSafe()) {
                return Uni.createFrom().item(reply);
            }
            if (left == 0) {
                throw new Fault(Fault.Kind.UNAVAILABLE, call.words() + ": stopped after too many redirects");
            }
            return follow(redirected(call, location), left - 1);
        });
    }

    static HttpCall redirected(HttpCall call, String location) {
        URI target;
        try {
            target = call.uri().resolve(location);
        } catch (IllegalArgumentException e) {
            throw new Fault(Fault.Kind.UNAVAILABLE, call.words() + ": invalid redirect", e);
        }
        String scheme = String.valueOf(target.getScheme());
        boolean weaker = call.uri().getScheme().equals("https") && !scheme.equals("https");
        if (target.getHost() == null || weaker || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new Fault(Fault.Kind.UNAVAILABLE, call.words() + ": refused redirect to " + target);
        }
        Map<String, String> headers = new HashMap<>(call.headers());
        if (!sameServer(call.uri(), target)) {
            headers.remove("Authorization");
        }
        return call.to(target, headers);
    }

    private static boolean sameServer(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getAuthority().equalsIgnoreCase(String.valueOf(other.getAuthority()));
    }

    private Uni<HttpReply> once(HttpCall call) {
        return Uni.createFrom()
                .<HttpReply>emitter(emitter -> exchange(call, emitter))
                .onFailure()
                .transform(error -> DialFaults.translate(call, error));
    }

    private void exchange(HttpCall call, UniEmitter<? super HttpReply> emitter) {
        var options = new RequestOptions()
                .setMethod(call.method())
                .setAbsoluteURI(call.uri().toString())
                .setTimeout(ANSWER_MILLIS);
        call.headers().forEach(options::putHeader);
        options.putHeader("User-Agent", "caisson");
        HttpCall.Content content = call.content();
        if (content != null) {
            options.putHeader("Content-Type", content.type());
        }
        HttpClient client = call.insecure() ? trusting : verifying;
        client.request(options)
                .onSuccess(request -> {
                    emitter.onTermination(() -> request.reset());
                    send(request, content)
                            .onSuccess(response -> new BodyReader(call, request, response, emitter).start())
                            .onFailure(emitter::fail);
                })
                .onFailure(emitter::fail);
    }

    private static io.vertx.core.Future<HttpClientResponse> send(
            HttpClientRequest request, HttpCall.@Nullable Content content) {
        return content == null ? request.send() : request.send(Buffer.buffer(content.bytes()));
    }

    /** Collects a body, no further than its limit. */
    private record BodyReader(
            HttpCall call,
            HttpClientRequest request,
            HttpClientResponse response,
            UniEmitter<? super HttpReply> emitter) {
        void start() {
            Buffer body = Buffer.buffer();
            response.exceptionHandler(emitter::fail);
            response.handler(part -> {
                if (body.length() + part.length() > call.maxBytes()) {
                    emitter.fail(
                            Fault.invalid(call.words() + ": the answer is larger than " + call.maxBytes() + " bytes"));
                } else {
                    body.appendBuffer(part);
                }
            });
            response.endHandler(_ -> emitter.complete(new HttpReply(
                    call,
                    call.uri(),
                    response.statusCode(),
                    response.statusMessage(),
                    response.headers(),
                    body.getBytes())));
        }
    }
}
