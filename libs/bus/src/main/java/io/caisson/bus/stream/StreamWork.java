package io.caisson.bus.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Blocking work on a dialled stream, on a virtual thread of its own. */
@FunctionalInterface
public interface StreamWork {
    /** Returning ends the output in order; throwing cuts the connection, so that the peer sees it was not whole. */
    void run(InputStream in, OutputStream out) throws IOException;
}
