@NullMarked
package dev.flightlog.runs.reconciliation;

import org.jspecify.annotations.NullMarked;
