/** The cost and the reliability of redaction. */
@NullMarked
package dev.flightlog.benchmarks.redacting;

import org.jspecify.annotations.NullMarked;
