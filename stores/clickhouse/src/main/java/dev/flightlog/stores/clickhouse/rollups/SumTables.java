package dev.flightlog.stores.clickhouse.rollups;

/**
 * The tables that sums are made of and kept in, as statements name them.
 *
 * @param touched when something last arrived in an hour; of every replica
 * @param expired has a row for each time before which rows were let go, its {@code micros}
 */
public record SumTables(
    String events,
    String touched,
    String builds,
    String cells,
    String ranks,
    String sessions,
    String words,
    String expired) {}
