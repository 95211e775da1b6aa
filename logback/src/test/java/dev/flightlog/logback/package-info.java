@NullMarked
package dev.flightlog.logback;

import org.jspecify.annotations.NullMarked;
