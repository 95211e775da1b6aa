/** What sessions showed: their errors of one class, in the calls that could have failed so. */
@NullMarked
package dev.flightlog.learning.outcomes;

import org.jspecify.annotations.NullMarked;
