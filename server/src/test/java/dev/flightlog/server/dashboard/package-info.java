@NullMarked
package dev.flightlog.server.dashboard;

import org.jspecify.annotations.NullMarked;
