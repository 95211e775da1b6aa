package dev.flightlog.stores.clickhouse.rollups;

/**
 * An hour into which something came.
 *
 * @param arrived about how many events
 * @param build what it was last added up to
 * @param isUsable whether that has everything
 */
public record BuiltHour(long start, long arrived, long build, boolean isUsable) {}
