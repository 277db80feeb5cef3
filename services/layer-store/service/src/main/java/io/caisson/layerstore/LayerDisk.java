package io.caisson.layerstore;

import io.caisson.layerstore.download.BlobDownloads;
import io.caisson.layerstore.files.LayerFolders;
import io.caisson.layerstore.files.ShortLinks;
import io.caisson.layerstore.files.Trash;
import io.caisson.layerstore.upload.BlobUploads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The parts that know the disk and the network, as settings want them. */
@ApplicationScoped
class LayerDisk {
    @Produces
    @Singleton
    LayerFolders folders(LayerStoreSettings settings) {
        return new LayerFolders(settings.folder());
    }

    @Produces
    @Singleton
    ShortLinks links(LayerFolders folders) {
        return new ShortLinks(folders);
    }

    @Produces
    @Singleton
    Trash trash(LayerFolders folders) {
        return new Trash(folders);
    }

    void close(@Disposes Trash trash) {
        trash.close();
    }

    @Produces
    @Singleton
    BlobDownloads downloads(LayerStoreSettings settings) {
        return new BlobDownloads(settings.stall(), settings.attempts());
    }

    @Produces
    @Singleton
    BlobUploads uploads(LayerStoreSettings settings) {
        return new BlobUploads(settings.stall());
    }

    void close(@Disposes BlobUploads uploads) {
        uploads.close();
    }
}
