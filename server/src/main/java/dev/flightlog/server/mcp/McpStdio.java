package dev.flightlog.server.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * MCP over standard input and output: one JSON-RPC message a line, and nothing else on either. Ends
 * when the input does.
 */
public final class McpStdio {
  /**
   * Kept, or its level would be forgotten; a line for each client is too many on standard error.
   */
  private static final Logger LIBRARY = Logger.getLogger("io.modelcontextprotocol");

  private McpStdio() {}

  /**
   * Serves until the end of the input. Blocks; messages are answered by other threads.
   *
   * @param version what the client is told
   */
  public static void serve(McpTools tools, String version, InputStream in, OutputStream out)
      throws InterruptedException {
    LIBRARY.setLevel(Level.WARNING);
    WholeLines lines = new WholeLines(in, out);
    McpSyncServer server =
        McpServer.sync(
                new StdioServerTransportProvider(
                    McpJsonDefaults.getMapper(), lines.input(), lines.output()))
            .serverInfo("flightlog", version)
            .instructions(McpTools.INSTRUCTIONS)
            .capabilities(ServerCapabilities.builder().tools(false).build())
            .tools(tools.all())
            // Arguments are read leniently and refused with a sentence of our own.
            .validateToolInputs(false)
            .build();
    try {
      lines.awaitEnd();
    } finally {
      server.close();
    }
  }
}
