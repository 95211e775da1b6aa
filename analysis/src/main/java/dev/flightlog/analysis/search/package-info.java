/** A search as questions, the command, pages and routes ask for it: one text, one answer. */
@NullMarked
package dev.flightlog.analysis.search;

import org.jspecify.annotations.NullMarked;
