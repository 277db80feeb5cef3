package io.caisson.layerstore.download;

import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.BlobSource;
import io.caisson.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;

/** Opens blobs of registries for reading. Blocks. */
public final class BlobDownloads {
    private final Duration stall;
    private final int attempts;

    /**
     * @param stall how long nothing may come before it is tried again
     * @param attempts how often it is tried in all, as long as nothing comes
     */
    public BlobDownloads(Duration stall, int attempts) {
        this.stall = stall;
        this.attempts = attempts;
    }

    /**
     * The bytes of a blob, from the first of its addresses that has it. What breaks off is resumed where it did.
     *
     * @throws Fault UNAVAILABLE when no address answers, NOT_FOUND when none has it, UNAUTHORIZED or FORBIDDEN
     */
    public InputStream open(Descriptor blob, BlobSource source) throws IOException {
        Fault last = Fault.invalid("no address for " + blob.digest());
        for (String url : source.urls()) {
            try {
                var request = new BlobRequest(URI.create(url), source.authorization(), source.insecure(), stall);
                var input = new ResumingInput(request, blob.size(), attempts);
                input.connect();
                return input;
            } catch (Fault fault) {
                last = fault;
            }
        }
        throw last;
    }
}
