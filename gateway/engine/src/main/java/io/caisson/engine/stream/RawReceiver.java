package io.caisson.engine.stream;

import io.netty.buffer.ByteBuf;

/** What a {@link RawStream} tells, on its event loop. */
interface RawReceiver {
    /** Bytes that the receiver releases. */
    void data(ByteBuf bytes);

    /** The peer sends no more; it may still read. */
    void end();

    /** The connection is gone; nothing comes after it, and {@link #end} may not have come before. */
    void closed();

    /** There is room to write again. */
    default void writable() {}
}
