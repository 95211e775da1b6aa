@NullMarked
package dev.flightlog.server.mcp;

import org.jspecify.annotations.NullMarked;
