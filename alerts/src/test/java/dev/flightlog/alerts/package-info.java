@NullMarked
package dev.flightlog.alerts;

import org.jspecify.annotations.NullMarked;
