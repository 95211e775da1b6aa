/**
 * The index of words: segments of rows, each with its words in order and the rows that have them.
 * Knows the connection and events as rows, and nothing of the store around it.
 */
@NullMarked
package dev.flightlog.stores.sqlite.search;

import org.jspecify.annotations.NullMarked;
