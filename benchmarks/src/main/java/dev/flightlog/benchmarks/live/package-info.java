/** What is seen as it happens: the start, hooks, the stream, pages over many events. */
@NullMarked
package dev.flightlog.benchmarks.live;

import org.jspecify.annotations.NullMarked;
