/**
 * What may be spent in a day, week or month, and what was: {@link BudgetBook} and {@link Standing}.
 */
@NullMarked
package dev.flightlog.alerts.budget;

import org.jspecify.annotations.NullMarked;
