/**
 * A store in one SQLite file. Start at {@link dev.flightlog.stores.sqlite.SqliteStore}; how rows
 * get in is in {@code Writer} and {@code BatchImage}, how questions stay fast is in {@code
 * rollups.Rollups}.
 */
@NullMarked
package dev.flightlog.stores.sqlite;

import org.jspecify.annotations.NullMarked;
