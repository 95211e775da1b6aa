/** How well questions understand: failure attribution and human interactions against labels. */
@NullMarked
package dev.flightlog.benchmarks.understanding;

import org.jspecify.annotations.NullMarked;
