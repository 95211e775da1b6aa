/** Transcripts of Cursor's agent. */
@NullMarked
package dev.flightlog.formats.cursor;

import org.jspecify.annotations.NullMarked;
