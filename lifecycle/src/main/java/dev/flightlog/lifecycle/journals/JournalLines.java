package dev.flightlog.lifecycle.journals;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventLine;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import dev.flightlog.event.json.JsonWriter;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a journal: events, each as its own line, also where several were glued on one; and
 * what is no event, as a line {@code {"journal":…,"text":…}}, so that nothing is passed over. For
 * one thread.
 */
final class JournalLines {
  private static final String NO_ID = "";

  private final EventLine lines = new EventLine();
  private final EventBatch one = new EventBatch();
  private final JsonReader pieces = new JsonReader();

  /** Takes what stands in a journal. */
  interface Consumer {
    /**
     * Takes a line.
     *
     * @param event null when it is no event; without an id its id is empty
     */
    void accept(byte[] line, @Nullable Event event) throws IOException;
  }

  /** Hands over a journal, and answers how many bytes of its file were read. */
  long forEach(Path journal, Consumer consumer) throws IOException {
    long size = Files.size(journal);
    boolean packed = journal.toString().endsWith(".gz");
    try (InputStream raw = new Bounded(Files.newInputStream(journal), size);
        InputStream in =
            new BufferedInputStream(packed ? new GZIPInputStream(raw) : raw, 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c == '\n') {
          take(journal, line.toByteArray(), consumer);
          line.reset();
        } else {
          line.write(c);
        }
      }
      take(journal, line.toByteArray(), consumer);
    }
    return size;
  }

  private void take(Path journal, byte[] line, Consumer consumer) throws IOException {
    if (isBlank(line, 0, line.length)) {
      return;
    }
    Optional<Event> event = event(line);
    if (event.isPresent()) {
      consumer.accept(line, event.get());
      return;
    }
    int at = 0;
    while (at < line.length) {
      int end = objectEnd(line, at);
      byte[] part = end < 0 ? line : java.util.Arrays.copyOfRange(line, at, end);
      Optional<Event> found = end < 0 ? Optional.empty() : event(part);
      if (found.isEmpty()) {
        consumer.accept(piece(journal, line, at), null);
        return;
      }
      consumer.accept(part, found.get());
      at = end;
      if (isBlank(line, at, line.length)) {
        return;
      }
    }
  }

  private Optional<Event> event(byte[] line) {
    one.clear();
    return lines.decode(line, 0, line.length, one, Mode.NEW, NO_ID) == null
        ? Optional.of(one.event(0))
        : Optional.empty();
  }

  /** Where the object ends that begins here; -1 when there is none. */
  private int objectEnd(byte[] line, int from) {
    try {
      pieces.reset(line, from, line.length);
      if (pieces.peek() != Token.OBJECT) {
        return -1;
      }
      pieces.skip();
      return pieces.end();
    } catch (JsonException e) {
      return -1;
    }
  }

  private static byte[] piece(Path journal, byte[] line, int from) {
    JsonWriter json = new JsonWriter().beginObject();
    json.key("journal").string(String.valueOf(journal.getFileName()));
    json.key("text").string(new String(line, from, line.length - from, StandardCharsets.UTF_8));
    return json.endObject().toByteArray();
  }

  private static boolean isBlank(byte[] line, int from, int to) {
    for (int i = from; i < to; i++) {
      if (line[i] > ' ' || line[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** The first bytes of a file that may grow. */
  private static final class Bounded extends InputStream {
    private final InputStream in;
    private long left;

    Bounded(InputStream in, long size) {
      this.in = in;
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      return left-- > 0 ? in.read() : -1;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int n = in.read(into, at, (int) Math.min(length, left));
      left -= Math.max(n, 0);
      return n;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
