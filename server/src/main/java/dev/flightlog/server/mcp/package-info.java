/**
 * The questions as tools of the Model Context Protocol. What a tool is and how it is called is
 * written once, in {@link dev.flightlog.server.mcp.McpTools}; a transport only carries it.
 */
@NullMarked
package dev.flightlog.server.mcp;

import org.jspecify.annotations.NullMarked;
