@NullMarked
package dev.flightlog.server.events;

import org.jspecify.annotations.NullMarked;
