/**
 * How this store speaks SQL: one connection, an event as the columns of a row, a filter as a
 * condition. Knows nothing of who writes or of roll-ups.
 */
@NullMarked
package dev.flightlog.stores.sqlite.sql;

import org.jspecify.annotations.NullMarked;
