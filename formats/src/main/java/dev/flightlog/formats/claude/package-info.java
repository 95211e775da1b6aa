/** Claude Code: transcripts, stream-json, and what the desktop program writes of them. */
@NullMarked
package dev.flightlog.formats.claude;

import org.jspecify.annotations.NullMarked;
