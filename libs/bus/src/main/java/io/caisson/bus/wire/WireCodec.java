package io.caisson.bus.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** The one codec of the bus: a length and the JSON; nothing at all between two services of one JVM. */
public final class WireCodec implements MessageCodec<Wire, Wire> {
    public static final String NAME = "caisson";

    @Override
    public void encodeToWire(Buffer buffer, Wire wire) {
        byte[] json = wire.toJson();
        buffer.appendInt(json.length).appendBytes(json);
    }

    @Override
    public Wire decodeFromWire(int position, Buffer buffer) {
        int length = buffer.getInt(position);
        return Wire.received(buffer.getBytes(position + 4, position + 4 + length));
    }

    @Override
    public Wire transform(Wire wire) {
        return wire;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
