/** Commands that serve others: HTTP, MCP, and making MCP known. */
@NullMarked
package dev.flightlog.cli.serving;

import org.jspecify.annotations.NullMarked;
