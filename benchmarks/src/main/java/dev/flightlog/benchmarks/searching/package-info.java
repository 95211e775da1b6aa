/** Searches for words, beside a full-text table of SQLite that was made by hand. */
@NullMarked
package dev.flightlog.benchmarks.searching;

import org.jspecify.annotations.NullMarked;
