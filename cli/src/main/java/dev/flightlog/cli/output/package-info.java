/** Rows as text, JSON and CSV, safe for terminals and spreadsheets whatever the rows hold. */
@NullMarked
package dev.flightlog.cli.output;

import org.jspecify.annotations.NullMarked;
