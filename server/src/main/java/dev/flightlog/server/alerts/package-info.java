/** Budgets and alerts over HTTP. */
@NullMarked
package dev.flightlog.server.alerts;

import org.jspecify.annotations.NullMarked;
