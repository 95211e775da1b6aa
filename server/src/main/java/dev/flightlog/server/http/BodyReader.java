package dev.flightlog.server.http;

import dev.flightlog.server.web.Payload;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.ProblemException;
import dev.flightlog.server.web.Route;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpException;

/**
 * Reads bodies whole, within the limits of their route and within one sum for all of them, and
 * decodes them. The limit holds for the decoded bytes, which are counted as they come. Blocks; for
 * many threads.
 */
final class BodyReader {
  private static final int STEP = 16 * 1024;

  private final MemoryShare memory;
  private final Duration time;

  /** Decoding holds a carrier of the virtual threads: some must stay free for honest requests. */
  private final Semaphore decoders =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

  BodyReader(long mostBytes, Duration time) {
    this.memory =
        new MemoryShare(mostBytes, "too many large bodies are being received at the moment");
    this.time = time;
  }

  /**
   * The body of a request; empty when the route takes none.
   *
   * @param held is charged with its memory until closed
   * @param admission refuses when there is too much to do, before the body is read if it can
   * @throws ProblemException 400, 408, 413, 415, 503
   * @throws IOException when the client has gone
   */
  byte[] read(Route route, HttpServletRequest request, MemoryShare.Held held, Admission admission)
      throws IOException {
    Payload payload = route.payload();
    if (payload == null) {
      admission.beforeDecoding();
      return new byte[0];
    }
    int limit = route.limits().bodyBytes();
    if (request.getContentLengthLong() > limit) {
      throw tooLarge(limit);
    }
    boolean gzip = !payload.raw() && isGzip(request);
    if (!payload.raw()) {
      checkType(payload, request);
    }
    admission.beforeBody();
    byte[] sent = sent(request.getInputStream(), limit, held);
    admission.beforeDecoding();
    if (!gzip) {
      return sent;
    }
    decoders.acquireUninterruptibly();
    try {
      return decoded(sent, limit, held);
    } finally {
      decoders.release();
    }
  }

  /**
   * Whether nothing of a body is left to come. What is left of a small one is read and dropped, so
   * that its sender gets to read the answer; of a larger one nothing is.
   */
  boolean readToItsEnd(HttpServletRequest request) {
    if (request.getContentLengthLong() > STEP) {
      return isFinished(request);
    }
    try {
      long deadline = System.nanoTime() + time.toNanos();
      byte[] dropped = new byte[STEP];
      int length = 0;
      while (length <= STEP && System.nanoTime() - deadline < 0) {
        int count = request.getInputStream().read(dropped);
        if (count < 0) {
          return true;
        }
        length += count;
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isFinished(HttpServletRequest request) {
    try {
      return request.getInputStream().isFinished();
    } catch (IOException e) {
      return false;
    }
  }

  MemoryShare.Held hold() {
    return memory.hold();
  }

  private static boolean isGzip(HttpServletRequest request) {
    List<String> encodings = Collections.list(request.getHeaders("Content-Encoding"));
    String encoding = String.join(",", encodings).strip().toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "", "identity" -> false;
      case "gzip", "x-gzip" -> true;
      default ->
          throw Problem.of(
                  415, "the body may be sent as it is or as gzip, not as '" + encoding + "'")
              .header("Accept-Encoding", "gzip, identity")
              .exception();
    };
  }

  private static void checkType(Payload payload, HttpServletRequest request) {
    List<String> given = Collections.list(request.getHeaders("Content-Type"));
    String type = given.size() == 1 ? given.getFirst() : "";
    int semicolon = type.indexOf(';');
    String essence =
        (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    String charset =
        semicolon < 0 ? "" : type.substring(semicolon + 1).toLowerCase(Locale.ROOT).strip();
    boolean utf8 =
        !charset.contains("charset")
            || charset.replace("\"", "").replace(" ", "").contains("charset=utf-8");
    if (!payload.mediaTypes().contains(essence) || !utf8) {
      throw Problem.of(
              415,
              "the Content-Type is "
                  + String.join(" or ", payload.mediaTypes())
                  + " in UTF-8, not '"
                  + String.join(", ", given)
                  + "'")
          .exception();
    }
  }

  private byte[] sent(InputStream in, int limit, MemoryShare.Held held) throws IOException {
    long deadline = System.nanoTime() + time.toNanos();
    byte[] bytes = new byte[0];
    int length = 0;
    while (true) {
      if (length == bytes.length) {
        bytes = grown(bytes, limit, held);
      }
      int count;
      try {
        count = in.read(bytes, length, Math.min(STEP, bytes.length - length));
      } catch (IOException e) {
        if (causedBy(e, TimeoutException.class)) {
          throw tooSlow();
        } else if (causedBy(e, HttpException.class)) {
          throw Problem.badRequest("the body is not well-formed HTTP/1.1")
              .header("Connection", "close")
              .exception();
        }
        throw e;
      }
      if (count < 0) {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
      }
      length += count;
      if (length > limit) {
        throw tooLarge(limit);
      }
      if (System.nanoTime() - deadline > 0) {
        throw tooSlow();
      }
    }
  }

  private static byte[] decoded(byte[] sent, int limit, MemoryShare.Held held) {
    byte[] bytes = new byte[0];
    int length = 0;
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(sent), STEP)) {
      while (true) {
        if (length == bytes.length) {
          bytes = grown(bytes, limit, held);
        }
        int count = in.read(bytes, length, Math.min(STEP, bytes.length - length));
        if (count < 0) {
          return Arrays.copyOf(bytes, length);
        }
        length += count;
        if (length > limit) {
          throw tooLarge(limit);
        }
      }
    } catch (IOException e) {
      throw Problem.badRequest("the body is no gzip, or was cut: " + e.getMessage()).exception();
    }
  }

  /** Twice as large, at most a byte above the limit: that byte tells that there is more. */
  private static byte[] grown(byte[] bytes, int limit, MemoryShare.Held held) {
    int size = (int) Math.min(Math.max(STEP, bytes.length * 2L), limit + 1L);
    held.take(size - bytes.length);
    return Arrays.copyOf(bytes, size);
  }

  private static boolean causedBy(Throwable e, Class<?> type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static ProblemException tooLarge(int limit) {
    return Problem.of(413, "a body has at most " + limit + " bytes here, decoded")
        .header("Connection", "close")
        .exception();
  }

  private static ProblemException tooSlow() {
    return Problem.of(408, "the body took too long to arrive")
        .header("Connection", "close")
        .exception();
  }
}
