/** Requests to ClickHouse servers over HTTP, and what their failures mean. */
@NullMarked
package dev.flightlog.stores.clickhouse.http;

import org.jspecify.annotations.NullMarked;
