package dev.flightlog.stores.clickhouse.rows;

/**
 * Rows for an INSERT in ClickHouse's format Native.
 *
 * @param columns the names of the columns that are sent; all others are null
 */
public record EncodedRows(String columns, byte[] bytes) {}
