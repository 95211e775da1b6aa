/** Filters and aggregates as SQL of ClickHouse. */
@NullMarked
package dev.flightlog.stores.clickhouse.sql;

import org.jspecify.annotations.NullMarked;
