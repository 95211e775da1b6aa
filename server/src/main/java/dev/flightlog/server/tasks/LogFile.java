package dev.flightlog.server.tasks;

import dev.flightlog.server.web.ByteRange;
import dev.flightlog.server.web.Content;
import dev.flightlog.server.web.Etag;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of a task's folder as an answer. Stateless. */
final class LogFile {
  static final String LINES = "application/x-ndjson";

  private static final int STEP = 64 * 1024;

  private LogFile() {}

  /** A file that is replaced as a whole, and small. */
  static Response object(Request request, Path file) throws IOException {
    byte[] json = Files.readAllBytes(file);
    return tagged(
        request, Etag.of(json), Response.of(200, "application/json", new Content.Bytes(json)));
  }

  /**
   * A file that is appended to, as long as it is now.
   *
   * @param tail only so many of its last lines; null for all
   */
  static Response stream(Request request, Path file, @Nullable Long tail) throws IOException {
    BasicFileAttributes now = attributes(file);
    long total = now.size();
    Etag etag = Etag.of(state(now) + " tail " + tail);
    Response whole = part(file, 0, total, 200).header("Accept-Ranges", "bytes");
    if (etag.isKnownTo(request)) {
      return tagged(request, etag, whole);
    }
    if (tail != null) {
      long from = lastLines(file, total, tail);
      return tagged(request, etag, part(file, from, total - from, 200));
    }
    Optional<ByteRange> range =
        etag.allowsRange(request) ? ByteRange.of(request, total) : Optional.empty();
    return tagged(
        request,
        etag,
        range
            .map(some ->
                part(file, some.from(), some.length(), 206).header("Content-Range", some.of(total)))
            .orElse(whole));
  }

  private static Response part(Path file, long from, long length, int status) {
    return Response.of(status, LINES, new Content.FilePart(file, from, length));
  }

  static Response tagged(Request request, Etag etag, Response response) {
    Response answer = etag.isKnownTo(request) ? Response.empty(304) : response;
    return answer.header("ETag", etag.text()).header("Cache-Control", "private, no-cache");
  }

  static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** A text that is another one whenever the bytes of the file are. */
  static String state(BasicFileAttributes file) {
    return file.fileKey() + " " + file.size() + " " + file.lastModifiedTime().toInstant();
  }

  /** Where the last lines begin, within the first {@code end} bytes of the file. */
  static long lastLines(Path file, long end, long lines) throws IOException {
    if (lines == 0) {
      return end;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(STEP);
      long missing = lines;
      long upper = end;
      while (upper > 0) {
        long lower = Math.max(0, upper - STEP);
        buffer.clear().limit((int) (upper - lower));
        while (buffer.hasRemaining() && channel.read(buffer, lower + buffer.position()) > 0) {
          // reads on until the step is full
        }
        for (int i = buffer.position() - 1; i >= 0; i--) {
          boolean inner = lower + i < end - 1;
          if (buffer.get(i) == '\n' && inner && --missing == 0) {
            return lower + i + 1;
          }
        }
        upper = lower;
      }
      return 0;
    }
  }
}
