/** Finds events by their words: the words of hours, and where in time they lead. */
@NullMarked
package dev.flightlog.stores.clickhouse.search;

import org.jspecify.annotations.NullMarked;
