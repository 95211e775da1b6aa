/** HTTP and MCP: what Flightlog answers to other programs. One package a feature. */
@NullMarked
package dev.flightlog.server;

import org.jspecify.annotations.NullMarked;
