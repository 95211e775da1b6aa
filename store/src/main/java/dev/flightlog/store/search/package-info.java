/**
 * What a search means, for every store: the words of a text, the text of a search, and the places
 * where it is found. Knows events and no store.
 */
@NullMarked
package dev.flightlog.store.search;

import org.jspecify.annotations.NullMarked;
