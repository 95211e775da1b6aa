@NullMarked
package dev.flightlog.server.metrics;

import org.jspecify.annotations.NullMarked;
