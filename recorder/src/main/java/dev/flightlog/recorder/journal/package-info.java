/**
 * The way from a finished line to a journal file: the ring that outlives the process, the one
 * thread that drains it, and the recovery of rings whose process died. Not part of the API.
 */
@NullMarked
package dev.flightlog.recorder.journal;

import org.jspecify.annotations.NullMarked;
