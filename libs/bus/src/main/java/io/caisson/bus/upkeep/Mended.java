package io.caisson.bus.upkeep;

import io.micrometer.core.instrument.Metrics;
import org.jboss.logging.Logger;

/**
 * What a service found wrong and put right by itself, for operators: a line in the log, and one more on the counter {@code
 * caisson_mended_total} with the labels {@code service} and {@code what}.
 */
public final class Mended {
    private static final Logger LOG = Logger.getLogger(Mended.class);

    private Mended() {}

    /**
     * @param what the kind of thing, of which there are few: {@code lost run}
     * @param which the thing itself: an id, a path
     */
    public static void note(String service, String what, String which) {
        LOG.infof("%s mended: %s %s", service, what, which);
        Metrics.counter("caisson.mended", "service", service, "what", what).increment();
    }
}
