package io.caisson.image.api;

import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;

/** What a push tells while it goes on. Layers are told by their diffId, the newest first. */
public sealed interface PushProgress {
    /** {@code repository} in full: {@code docker.io/library/busybox}. */
    record Started(String repository) implements PushProgress {}

    record LayerPreparing(Digest layer) implements PushProgress {}

    /** Its turn comes when others are done. */
    record LayerWaiting(Digest layer) implements PushProgress {}

    record LayerMoved(Digest layer, long current, long total) implements PushProgress {}

    /** The registry did not take it; it is tried again. */
    record LayerRetrying(Digest layer, long seconds) implements PushProgress {}

    record LayerExists(Digest layer, Descriptor blob) implements PushProgress {}

    /** {@code from}: another repository of the registry, e.g. {@code library/busybox}. */
    record LayerMounted(Digest layer, Descriptor blob, String from) implements PushProgress {}

    record LayerPushed(Digest layer, Descriptor blob) implements PushProgress {}

    /** A tag is done; {@code size} of its manifest in bytes. */
    record Tagged(String tag, Digest digest, long size) implements PushProgress {}
}
