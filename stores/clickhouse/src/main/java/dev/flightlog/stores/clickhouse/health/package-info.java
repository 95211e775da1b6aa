/** How the servers of a store are. */
@NullMarked
package dev.flightlog.stores.clickhouse.health;

import org.jspecify.annotations.NullMarked;
