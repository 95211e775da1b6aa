@NullMarked
package dev.flightlog.alerts.rules;

import org.jspecify.annotations.NullMarked;
