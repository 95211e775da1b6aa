@NullMarked
package dev.flightlog.home.duty;

import org.jspecify.annotations.NullMarked;
