/** Questions over millions of events. */
@NullMarked
package dev.flightlog.benchmarks.asking;

import org.jspecify.annotations.NullMarked;
