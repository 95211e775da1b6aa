@NullMarked
package dev.flightlog.alerts.budget;

import org.jspecify.annotations.NullMarked;
