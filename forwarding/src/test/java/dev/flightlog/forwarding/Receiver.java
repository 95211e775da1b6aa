package dev.flightlog.forwarding;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A receiver on loopback that answers what it is told to, and keeps what it got. */
final class Receiver implements AutoCloseable {
  record Got(String path, String authorization, String type, String body) {}

  record Reply(int status, String body, String retryAfter) {}

  final List<Got> got = new ArrayList<>();
  final Deque<Reply> replies = new ArrayDeque<>();
  private final HttpServer server;

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next answers, in order; then 200 and an empty object. */
  Receiver replies(int status, String body) {
    replies.add(new Reply(status, body, ""));
    return this;
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      sent = new GZIPInputStream(new ByteArrayInputStream(sent)).readAllBytes();
    }
    got.add(
        new Got(
            exchange.getRequestURI().toString(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
            String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
            new String(sent, StandardCharsets.UTF_8)));
    Reply reply = replies.isEmpty() ? new Reply(200, "{}", "") : replies.removeFirst();
    byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
