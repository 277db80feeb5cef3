package io.caisson.bus;

import io.caisson.kernel.Fault;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** Faults over the bus: kind as the failure code, message as the text. */
final class BusFaults {
    private static final Fault.Kind[] KINDS = Fault.Kind.values();

    private BusFaults() {}

    static void send(Message<?> message, Throwable t) {
        Fault fault = Fault.of(t);
        message.fail(fault.kind().ordinal(), fault.message());
    }

    static Fault of(int code, String message) {
        return new Fault(code >= 0 && code < KINDS.length ? KINDS[code] : Fault.Kind.INTERNAL, message);
    }

    static Fault received(String address, Throwable t) {
        if (t instanceof ReplyException reply) {
            if (reply.failureType() == ReplyFailure.RECIPIENT_FAILURE) {
                return of(reply.failureCode(), String.valueOf(reply.getMessage()));
            }
            String what = reply.failureType() == ReplyFailure.NO_HANDLERS ? "is not running" : "does not answer";
            return new Fault(
                    Fault.Kind.UNAVAILABLE, "service " + address.substring(0, address.indexOf('.')) + " " + what, t);
        }
        return Fault.of(t);
    }
}
