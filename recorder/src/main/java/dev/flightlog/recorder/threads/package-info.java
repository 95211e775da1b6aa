/** What the recorder keeps a thread, and takes back when it is closed. */
@NullMarked
package dev.flightlog.recorder.threads;

import org.jspecify.annotations.NullMarked;
