package io.caisson.layerstore.pass;

/** Told now and then, by the thread that runs the pass. */
public interface PassProgress {
    PassProgress SILENT = new PassProgress() {
        @Override
        public void receiving(long bytes) {}

        @Override
        public void received() {}

        @Override
        public void unpacking(long bytes, long total) {}
    };

    void receiving(long bytes);

    /** All bytes have come. */
    void received();

    /** Compressed bytes of the total. */
    void unpacking(long bytes, long total);
}
