package dev.flightlog.server.http;

import dev.flightlog.server.web.Content;
import dev.flightlog.server.web.Method;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketCreator;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/**
 * Routes whose messages may be asked for over a WebSocket: the same route answers, and only what
 * carries the messages differs. Stands behind the {@link Gate}.
 */
final class WebSockets {
  /** Nothing that we take is larger; clients have nothing to say. */
  private static final long MOST_RECEIVED = 4096;

  private WebSockets() {}

  /** The handler of those among the routes that say so by a reply 101. */
  static WebSocketUpgradeHandler handler(
      Server server, List<Route> routes, Workers workers, Duration idle) {
    return WebSocketUpgradeHandler.from(
        server,
        container -> {
          configure(container, idle);
          for (Route route : routes) {
            if (route.isSocket()) {
              container.addMapping(route.path(), creator(route, workers, idle));
            }
          }
        });
  }

  private static void configure(ServerWebSocketContainer container, Duration idle) {
    // A watcher that says nothing is sent signs of life; one that takes none of them is cut off.
    container.setIdleTimeout(idle.multipliedBy(2));
    container.setMaxTextMessageSize(MOST_RECEIVED);
    container.setMaxBinaryMessageSize(MOST_RECEIVED);
    container.setMaxFrameSize(MOST_RECEIVED);
  }

  private static WebSocketCreator creator(Route route, Workers workers, Duration idle) {
    CalledRoute called = new CalledRoute(route, workers);
    return (request, response, callback) -> {
      Response answer = called.answer(admit -> request(route, called, request), null);
      return switch (answer.content()) {
        case Content.Messages messages -> new SocketOutput(messages, idle);
        case Content.Bytes bytes -> refuse(answer, bytes.bytes(), response, callback);
        case Content.FilePart _, Content.Written _ ->
            throw new IOException(route + " has no messages");
      };
    };
  }

  private static Request request(Route route, CalledRoute called, ServerUpgradeRequest request) {
    Map<String, List<String>> query = new HashMap<>();
    for (Fields.Field field : org.eclipse.jetty.server.Request.extractQueryParameters(request)) {
      query.put(field.getName(), field.getValues());
    }
    Map<String, List<String>> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.merge(
          field.getName().toLowerCase(Locale.ROOT),
          List.of(String.valueOf(field.getValue())),
          WebSockets::both);
    }
    return Request.of(
        Method.GET, route.path(), Map.of(), called.query(query), headers, new byte[0]);
  }

  private static List<String> both(List<String> some, List<String> more) {
    return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
  }

  private static @Nullable Object refuse(
      Response answer, byte[] body, ServerUpgradeResponse response, Callback callback) {
    response.setStatus(answer.status());
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return null;
  }
}
