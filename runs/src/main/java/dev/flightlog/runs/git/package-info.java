/** What of runs git is to track. */
@NullMarked
package dev.flightlog.runs.git;

import org.jspecify.annotations.NullMarked;
