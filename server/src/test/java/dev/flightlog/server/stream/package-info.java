@NullMarked
package dev.flightlog.server.stream;

import org.jspecify.annotations.NullMarked;
