package io.caisson.metadata;

/**
 * A place in the event log: everything up to and including it has been read. Store it to go on later without a gap.
 *
 * @param tx the writing transaction (64 bits, unsigned)
 * @param id the event's own number
 */
public record EventCursor(long tx, long id) {}
