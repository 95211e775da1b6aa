@NullMarked
package dev.flightlog.home.checks;

import org.jspecify.annotations.NullMarked;
