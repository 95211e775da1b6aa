@NullMarked
package dev.flightlog.server.start;

import org.jspecify.annotations.NullMarked;
