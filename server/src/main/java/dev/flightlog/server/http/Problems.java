package dev.flightlog.server.http;

import dev.flightlog.server.web.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Errors that no handler saw, as problem details: malformed requests, heads that are too large,
 * failures before routing. Nothing of an exception is told.
 */
final class Problems extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus() < 400 ? 500 : response.getStatus();
    response.getHeaders().remove(HttpHeader.CONTENT_LENGTH);
    send(problem(status), request, response, callback);
    return true;
  }

  private static Problem problem(int status) {
    return Problem.of(
        status,
        switch (status) {
          case 400 -> "the request is not well-formed HTTP/1.1, or ambiguous";
          case 404 -> "there is no such route; GET /api/openapi.json lists them";
          case 408 -> "the request took too long to arrive";
          case 414 -> "the address is too long";
          case 431 -> "the head of the request is larger than 32 KiB";
          case 505 -> "only HTTP/1.1 is spoken here";
          default ->
              status < 500 ? "the request was refused" : "the server failed; its log says why";
        });
  }

  static void send(Problem problem, Request request, Response response, Callback callback) {
    SecurityHeaders.put(response.getHeaders());
    response.setStatus(problem.status());
    problem.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    byte[] json = problem.json().getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, json.length);
    boolean bare = "HEAD".equals(request.getMethod());
    response.write(true, bare ? ByteBuffer.allocate(0) : ByteBuffer.wrap(json), callback);
  }
}
