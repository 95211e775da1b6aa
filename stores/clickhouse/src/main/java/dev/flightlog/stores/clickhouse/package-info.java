/** A store in ClickHouse: {@link dev.flightlog.stores.clickhouse.ClickHouseStore}. */
@NullMarked
package dev.flightlog.stores.clickhouse;

import org.jspecify.annotations.NullMarked;
