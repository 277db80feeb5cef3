package io.caisson.image.registry;

import io.vertx.core.MultiMap;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** @param uri where the answer came from in the end */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HttpReply(HttpCall call, URI uri, int status, String reason, MultiMap headers, byte[] body) {
    @Nullable
    String header(String name) {
        return headers.get(name);
    }
}
