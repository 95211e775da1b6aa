package dev.flightlog.server.http;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Closes connections whose next request has not been there in time, however steadily single bytes
 * of its head drip in. (The idle time alone begins anew with every byte.) For one thread.
 */
final class SlowHeads {
  private record Seen(long messages, long bytes, long since) {}

  private final ServerConnector connector;
  private final long patience;
  private Map<EndPoint, Seen> seen = new IdentityHashMap<>();

  SlowHeads(ServerConnector connector, Duration patience) {
    this.connector = connector;
    this.patience = patience.toNanos();
  }

  /** Looks at all connections once. */
  void look(long nanoTime) {
    Map<EndPoint, Seen> now = new IdentityHashMap<>();
    for (EndPoint endPoint : connector.getConnectedEndPoints()) {
      Connection connection = endPoint.getConnection();
      if (connection == null || connection.getMessagesIn() != connection.getMessagesOut()) {
        continue;
      }
      long messages = connection.getMessagesIn();
      long bytes = connection.getBytesIn();
      Seen before = seen.get(endPoint);
      Seen state;
      if (before == null || before.messages != messages) {
        long age =
            messages > 0
                ? 0
                : TimeUnit.MILLISECONDS.toNanos(
                    System.currentTimeMillis() - endPoint.getCreatedTimeStamp());
        state = new Seen(messages, bytes, messages > 0 ? Long.MAX_VALUE : nanoTime - age);
      } else if (before.since == Long.MAX_VALUE && bytes > before.bytes) {
        state = new Seen(messages, bytes, nanoTime);
      } else {
        state = before;
      }
      if (state.since != Long.MAX_VALUE && nanoTime - state.since > patience) {
        endPoint.close();
      } else {
        now.put(endPoint, state);
      }
    }
    seen = now;
  }
}
