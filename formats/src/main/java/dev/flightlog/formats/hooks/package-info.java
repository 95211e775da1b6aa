/**
 * What agents tell their hooks while they work: the same calls, prompts and agents as in their
 * transcripts, and beside them who is waited for.
 */
@NullMarked
package dev.flightlog.formats.hooks;

import org.jspecify.annotations.NullMarked;
