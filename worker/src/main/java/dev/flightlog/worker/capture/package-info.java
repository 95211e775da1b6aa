/**
 * What an agent prints, taken down as it comes: lines, redacted, understood where they are known.
 */
@NullMarked
package dev.flightlog.worker.capture;

import org.jspecify.annotations.NullMarked;
