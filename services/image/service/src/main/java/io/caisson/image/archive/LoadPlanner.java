package io.caisson.image.archive;

import io.caisson.kernel.Fault;
import io.caisson.layerstore.api.ArchiveListing;
import io.caisson.oci.Platform;
import java.util.List;

/** Which images an archive holds. Where it speaks both dialects, {@code manifest.json} tells the names. Pure. */
public final class LoadPlanner {
    private LoadPlanner() {}

    /** INVALID when it holds no images, or not all that they need. */
    public static List<PlannedImage> plan(ArchiveListing listing, Platform wanted) {
        var files = new ArchiveFiles(listing);
        if (files.has("manifest.json")) {
            return new DockerArchive(files, wanted).images();
        }
        if (files.has("index.json")) {
            return new OciLayout(files, wanted).images();
        }
        throw Fault.invalid("unrecognized image format");
    }
}
