@NullMarked
package dev.flightlog.server.tokens;

import org.jspecify.annotations.NullMarked;
