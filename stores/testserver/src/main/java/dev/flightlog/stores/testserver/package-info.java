/** The real ClickHouse, for tests: {@link dev.flightlog.stores.testserver.ClickHouseNode}. */
@NullMarked
package dev.flightlog.stores.testserver;

import org.jspecify.annotations.NullMarked;
