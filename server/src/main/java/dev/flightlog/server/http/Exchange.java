package dev.flightlog.server.http;

import dev.flightlog.server.web.Content;
import dev.flightlog.server.web.Method;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request to a route, from its first header to the last byte of the answer: reads it whole, has
 * a worker answer it, sends that. Runs on the connection's virtual thread.
 */
final class Exchange implements io.javalin.http.Handler {
  private static final Logger LOG = Logger.getLogger(Exchange.class.getName());

  /** Answers up to this size are not counted: the number of connections bounds them. */
  private static final int SMALL_ANSWER = 16 * 1024;

  private static final Problem TOO_MANY_ANSWERS =
      Problem.overloaded(
          "too many large answers are being read at the moment", Duration.ofSeconds(2));

  private final Route route;
  private final BodyReader bodies;
  private final CalledRoute called;
  private final MemoryShare answers;
  private final HttpMetrics metrics;

  /**
   * @param answers the memory of all answers that are being sent, however slowly they are read
   */
  Exchange(
      Route route, BodyReader bodies, Workers workers, MemoryShare answers, HttpMetrics metrics) {
    this.route = route;
    this.bodies = bodies;
    called = new CalledRoute(route, workers);
    this.answers = answers;
    this.metrics = metrics;
  }

  @Override
  public void handle(Context context) {
    long begin = System.nanoTime();
    try (MemoryShare.Held sent = answers.hold()) {
      Response response;
      try (MemoryShare.Held held = bodies.hold()) {
        response =
            within(
                sent, called.answer(admission -> request(context, held, admission), type(context)));
      }
      metrics.answered(route, response.status(), System.nanoTime() - begin);
      boolean closes = response.headers().containsKey("Connection");
      if (!closes && bodies.readToItsEnd(context.req())) {
        context.res().setHeader("Connection", null);
      }
      send(response, context.req(), context.res());
    } catch (IOException | RuntimeException e) {
      // The client has gone, or what was being sent cannot go on: nobody may take it for whole.
      LOG.log(Level.FINE, route + " was cut off", e);
      ServletContextRequest.getServletContextRequest(context.req()).getServletChannel().abort(e);
    }
  }

  /** The answer, or, when too much is being sent already, the refusal of it. */
  private static Response within(MemoryShare.Held sent, Response response) {
    return switch (response.content()) {
      case Content.Bytes bytes when bytes.bytes().length > SMALL_ANSWER ->
          sent.takes(bytes.bytes().length) ? response : TOO_MANY_ANSWERS.response();
      case Content.Bytes _, Content.FilePart _, Content.Written _, Content.Messages _ -> response;
    };
  }

  private static @Nullable String type(Context context) {
    return context.req().getHeader("Content-Type");
  }

  private Request request(Context context, MemoryShare.Held held, Admission admission)
      throws IOException {
    HttpServletRequest raw = context.req();
    Map<String, String> segments = new HashMap<>();
    for (String name : route.pathNames()) {
      segments.put(name, context.pathParam(name));
    }
    Map<String, List<String>> query =
        route.isRaw() ? Map.of() : called.query(context.queryParamMap());
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : Collections.list(raw.getHeaderNames())) {
      headers.put(name.toLowerCase(Locale.ROOT), Collections.list(raw.getHeaders(name)));
    }
    byte[] body = bodies.read(route, raw, held, admission);
    Method method = route.method();
    return Request.of(method, context.path(), segments, query, headers, body);
  }

  private static void send(Response response, HttpServletRequest request, HttpServletResponse out)
      throws IOException {
    boolean bare = request.getMethod().equals("HEAD") || response.status() == 304;
    switch (response.content()) {
      case Content.FilePart part -> {
        try (FileChannel file = FileChannel.open(part.file(), StandardOpenOption.READ)) {
          head(response, part.length(), out);
          if (!bare) {
            copy(file, part, out.getOutputStream());
          }
        }
      }
      case Content.Bytes bytes -> {
        head(response, bytes.bytes().length, out);
        if (!bare) {
          out.getOutputStream().write(bytes.bytes());
        }
      }
      case Content.Written written -> {
        head(response, -1, out);
        if (!bare) {
          written.writeTo(out.getOutputStream());
        }
      }
      case Content.Messages messages -> {
        head(response, -1, out);
        if (!bare) {
          messages.sendTo(new EventStreamOutput(out.getOutputStream()));
        }
      }
    }
  }

  private static void head(Response response, long length, HttpServletResponse out) {
    out.setStatus(response.status());
    response.headers().forEach(out::setHeader);
    boolean bodiless = response.status() == 304 || response.status() == 204;
    if (length >= 0 && !bodiless) {
      out.setContentLengthLong(length);
    }
  }

  private static void copy(FileChannel file, Content.FilePart part, OutputStream out)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(32 * 1024);
    long at = part.from();
    long end = at + part.length();
    while (at < end) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
      int count = file.read(buffer, at);
      if (count < 0) {
        throw new EOFException(part.file() + " became shorter while it was sent");
      }
      out.write(buffer.array(), 0, count);
      at += count;
    }
  }
}
