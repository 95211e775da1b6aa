/** What people are told before they look: budgets and alerts. */
@NullMarked
package dev.flightlog.cli.alerts;

import org.jspecify.annotations.NullMarked;
