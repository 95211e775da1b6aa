/** Journals, shipped on: read from where it stopped, sent in batches, at least once. */
@NullMarked
package dev.flightlog.forwarding;

import org.jspecify.annotations.NullMarked;
