/** What a run recorded beside what its providers say: how much of the bill is explained. */
@NullMarked
package dev.flightlog.runs.reconciliation;

import org.jspecify.annotations.NullMarked;
