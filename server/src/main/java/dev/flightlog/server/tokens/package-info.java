/** The tokens by which programs from elsewhere are known. */
@NullMarked
package dev.flightlog.server.tokens;

import org.jspecify.annotations.NullMarked;
