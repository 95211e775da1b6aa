@NullMarked
package dev.flightlog.server.stats;

import org.jspecify.annotations.NullMarked;
