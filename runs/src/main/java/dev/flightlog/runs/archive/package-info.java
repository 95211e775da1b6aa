/** A run in one file that proves itself, and back. */
@NullMarked
package dev.flightlog.runs.archive;

import org.jspecify.annotations.NullMarked;
