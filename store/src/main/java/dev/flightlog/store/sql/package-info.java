/** Stores whose tables a person can ask in SQL, and what stores in SQL databases have in common. */
@NullMarked
package dev.flightlog.store.sql;

import org.jspecify.annotations.NullMarked;
