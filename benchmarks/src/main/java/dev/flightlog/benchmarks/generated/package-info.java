/** Events as agents leave them, from a seed. */
@NullMarked
package dev.flightlog.benchmarks.generated;

import org.jspecify.annotations.NullMarked;
