package io.caisson.image;

import io.caisson.image.api.PushProgress;
import io.caisson.kernel.Fault;
import io.caisson.oci.Descriptor;
import io.caisson.oci.Digest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the layers of a push turned out to be in the registry. */
final class PushedBlobs {
    private final Map<Digest, Descriptor> blobs = new ConcurrentHashMap<>();

    void note(PushProgress progress) {
        switch (progress) {
            case PushProgress.LayerExists exists -> blobs.put(exists.layer(), exists.blob());
            case PushProgress.LayerMounted mounted -> blobs.put(mounted.layer(), mounted.blob());
            case PushProgress.LayerPushed pushed -> blobs.put(pushed.layer(), pushed.blob());
            case PushProgress.Started _,
                    PushProgress.LayerPreparing _,
                    PushProgress.LayerWaiting _,
                    PushProgress.LayerMoved _,
                    PushProgress.LayerRetrying _,
                    PushProgress.Tagged _ -> {}
        }
    }

    List<Descriptor> of(List<Digest> diffIds) {
        return diffIds.stream().map(this::of).toList();
    }

    private Descriptor of(Digest diffId) {
        Descriptor blob = blobs.get(diffId);
        if (blob == null) {
            throw Fault.internal("the upload of " + diffId + " did not end", null);
        }
        return blob;
    }
}
