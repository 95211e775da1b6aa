package dev.flightlog.store.servers;

/**
 * What was found about one part of a store that several machines share.
 *
 * @param name what was looked at; scripts rely on it
 * @param ok false when somebody should do something
 * @param detail one sentence: what was found, and how to mend it
 */
public record StoreCheck(String name, boolean ok, String detail) {}
