package io.caisson.bus;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface that a service offers on the bus.
 *
 * <p>Each method takes one record (the command) and returns {@code Uni<reply>} or {@code Multi<item>}. A command that
 * implements {@link NodeBound} is delivered to that node's server.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Port {
    /** The port's name on the bus, e.g. {@code layer-store}; commands go to {@code name.method}. */
    String value();
}
