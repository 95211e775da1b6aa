package dev.flightlog.store;

/**
 * The state of a store.
 *
 * @param detail one sentence for a person
 * @param events how many are kept; -1 when that is not known
 * @param setAside later parts whose beginning has not come; -1 when that is not known
 * @param eventsRead how many events this store has read one by one since it was opened, for reads,
 *     changes and those aggregates that sums do not answer; -1 when that is not known
 */
public record Health(boolean ok, String detail, long events, long setAside, long eventsRead) {}
