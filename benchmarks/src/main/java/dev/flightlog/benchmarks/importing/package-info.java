/** Taking journals and transcripts into the index. */
@NullMarked
package dev.flightlog.benchmarks.importing;

import org.jspecify.annotations.NullMarked;
