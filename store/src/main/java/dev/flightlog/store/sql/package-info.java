/** Stores whose tables a person can ask in SQL. */
@NullMarked
package dev.flightlog.store.sql;

import org.jspecify.annotations.NullMarked;
