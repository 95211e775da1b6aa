/** A run on a page of 80 columns. */
@NullMarked
package dev.flightlog.runs.summary;

import org.jspecify.annotations.NullMarked;
