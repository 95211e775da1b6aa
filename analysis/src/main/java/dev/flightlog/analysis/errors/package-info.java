/** Questions about what fails, why, and what helped. */
@NullMarked
package dev.flightlog.analysis.errors;

import org.jspecify.annotations.NullMarked;
