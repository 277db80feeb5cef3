package io.caisson.engine.stream;

import io.caisson.kernel.Fault;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Takes the line with which a server accepts a preamble ({@code ok}) or refuses it, and nothing behind it. */
final class ReplyLine implements RawReceiver {
    private static final int LONGEST = 8 << 10;

    private final RawStream stream;
    private final Runnable accepted;
    private final Consumer<Fault> refused;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean done;

    ReplyLine(RawStream stream, Runnable accepted, Consumer<Fault> refused) {
        this.stream = stream;
        this.accepted = accepted;
        this.refused = refused;
    }

    @Override
    public void data(ByteBuf bytes) {
        int length = bytes.bytesBefore((byte) '\n');
        byte[] piece = new byte[length < 0 ? bytes.readableBytes() : length];
        bytes.readBytes(piece);
        line.writeBytes(piece);
        if (length >= 0) {
            bytes.skipBytes(1);
            stream.pause();
            stream.unread(bytes);
            decide();
            return;
        }
        bytes.release();
        if (line.size() > LONGEST) {
            refuse("the stream's server does not speak our protocol");
        }
    }

    private void decide() {
        String reply = Dial.text(line.toByteArray()).strip();
        if (reply.equals("ok")) {
            done = true;
            accepted.run();
        } else {
            refuse(reply);
        }
    }

    private void refuse(String reason) {
        done = true;
        refused.accept(Fault.conflict(reason));
        stream.close();
    }

    @Override
    public void end() {
        closed();
    }

    @Override
    public void closed() {
        if (!done) {
            done = true;
            refused.accept(new Fault(Fault.Kind.UNAVAILABLE, "the stream ended before it began"));
            stream.close();
        }
    }
}
