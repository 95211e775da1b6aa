package dev.flightlog.store;

/**
 * What {@link EventStore#forget} removed.
 *
 * @param events that were kept
 * @param setAside later parts that waited for their beginning
 */
public record Forgotten(long events, long setAside) {}
