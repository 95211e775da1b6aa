/** An appender for Logback, and a logger for SLF4J, that log in runs. */
@NullMarked
package dev.flightlog.logback;

import org.jspecify.annotations.NullMarked;
