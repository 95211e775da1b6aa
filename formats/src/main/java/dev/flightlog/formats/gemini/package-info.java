/** Gemini CLI. */
@NullMarked
package dev.flightlog.formats.gemini;

import org.jspecify.annotations.NullMarked;
