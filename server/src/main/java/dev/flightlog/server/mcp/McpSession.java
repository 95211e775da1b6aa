package dev.flightlog.server.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A session of the revisions that have them. Nothing is kept for one: its id is what there is to
 * know of it, the name of the client. So a server that was restarted goes on with every session.
 * Stateless.
 */
final class McpSession {
  static final String HEADER = "Mcp-Session-Id";

  private static final String PREFIX = "flightlog.";
  private static final int LONGEST_NAME = 100;

  private McpSession() {}

  static String id(String client) {
    String name = client.substring(0, Math.min(client.length(), LONGEST_NAME));
    return PREFIX
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  /** The name of the client of a session; null when the id is none of ours. */
  static @Nullable String client(String id) {
    if (!id.startsWith(PREFIX) || id.length() > 8 * LONGEST_NAME) {
      return null;
    }
    try {
      byte[] name = Base64.getUrlDecoder().decode(id.substring(PREFIX.length()));
      return new String(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
