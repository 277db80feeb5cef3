package io.caisson.cluster;

import io.caisson.bus.Port;
import io.caisson.bus.Unbounded;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** What the other process of the tests offers. */
@Port("parrot")
public interface Parrot {
    /** Its words come back; never, when there are none. */
    Uni<Words> say(Words words);

    /** As {@link #say}. */
    @Unbounded
    Uni<Words> sayLater(Words words);

    /** The same words again and again, numbered, without end. */
    Multi<Words> repeat(Words words);

    record Words(String text) {}
}
