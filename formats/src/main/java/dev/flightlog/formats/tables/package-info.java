/** Agents that keep their sessions in a database: Crush, Goose, OpenCode. */
@NullMarked
package dev.flightlog.formats.tables;

import org.jspecify.annotations.NullMarked;
