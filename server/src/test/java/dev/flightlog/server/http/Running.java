package dev.flightlog.server.http;

import dev.flightlog.server.tokens.Tokens;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A real server on a free port of loopback, with a real client and raw sockets. */
public final class Running implements AutoCloseable {
  public final HttpServer server;
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Running(HttpServer server) {
    this.server = server;
  }

  public static Running of(HttpConfig config, Route... routes) {
    return new Running(HttpServer.start(config, List.of(feature(routes))));
  }

  public static Running of(Path home, Route... routes) {
    return of(HttpConfig.loopback(0, Tokens.inHome(home)), routes);
  }

  /** With the features themselves. */
  public static Running with(Path home, Feature... features) {
    HttpConfig config = HttpConfig.loopback(0, Tokens.inHome(home));
    return new Running(HttpServer.start(config, List.of(features)));
  }

  public static Feature feature(Route... routes) {
    return new Feature() {
      @Override
      public String name() {
        return "sample";
      }

      @Override
      public List<Route> routes() {
        return List.of(routes);
      }
    };
  }

  int port() {
    return server.uri().getPort();
  }

  public URI uri(String path) {
    return server.uri().resolve(path);
  }

  public HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public HttpResponse<String> post(String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Socket socket() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port());
  }

  /** Sends this text as it is and answers all that comes until the server closes. */
  public String raw(String request) throws IOException {
    try (Socket socket = socket()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return rest(socket);
    }
  }

  /** Sends the bytes as they are; what comes until the first line of the answer has ended. */
  String head(String request) throws IOException {
    try (Socket socket = socket()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      socket.setSoTimeout(20_000);
      StringBuilder line = new StringBuilder();
      for (int c = socket.getInputStream().read();
          c >= 0 && c != '\n';
          c = socket.getInputStream().read()) {
        line.append((char) c);
      }
      return line.toString();
    }
  }

  /** What comes until the server closes. */
  static String rest(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[4096];
    socket.setSoTimeout(20_000);
    try {
      for (int n = socket.getInputStream().read(some);
          n >= 0;
          n = socket.getInputStream().read(some)) {
        all.write(some, 0, n);
      }
    } catch (SocketException reset) {
      // The server may close what it did not read to its end.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** The status of a raw answer; 0 when there was none. */
  public static int status(String answer) {
    return answer.length() > 12 ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
