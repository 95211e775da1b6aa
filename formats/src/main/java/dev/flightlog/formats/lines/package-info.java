/** Lines that are no agent's: our own journals, task logs, any JSON with a time. */
@NullMarked
package dev.flightlog.formats.lines;

import org.jspecify.annotations.NullMarked;
