package io.caisson.bus;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A port method whose reply may take any time (a stop with a long grace, a pull).
 *
 * <p>Other {@code Uni} methods fail as UNAVAILABLE after 60 seconds; these live as long as both sides do, and a caller
 * that cancels cancels the work.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Unbounded {}
