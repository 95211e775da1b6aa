@NullMarked
package dev.flightlog.alerts.guard;

import org.jspecify.annotations.NullMarked;
