/** Events as rows of ClickHouse, in both directions. */
@NullMarked
package dev.flightlog.stores.clickhouse.rows;

import org.jspecify.annotations.NullMarked;
