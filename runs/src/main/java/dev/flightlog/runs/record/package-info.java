/** What the logs of a run tell: steps, tokens, trouble; and the JSON files that keep it. */
@NullMarked
package dev.flightlog.runs.record;

import org.jspecify.annotations.NullMarked;
