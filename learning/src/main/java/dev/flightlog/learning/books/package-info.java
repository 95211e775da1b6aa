/** Append-only files of JSON lines, in which rules and trials are kept. */
@NullMarked
package dev.flightlog.learning.books;

import org.jspecify.annotations.NullMarked;
