package dev.flightlog.shipping.confirmed;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.files.Lines;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import dev.flightlog.shipping.confirmed.Root.Seen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what is not confirmed. Lines are counted up to a bound; beyond it their number follows
 * from that of the bytes. Not safe for several threads.
 */
final class Unconfirmed {
  private static final long MOST_READ = 64L << 20;
  private static final int CHUNK = 256 << 10;

  private long files;
  private long bytes;
  private long read;
  private long lines;
  private long notRead;
  private @Nullable Instant oldest;

  /**
   * @param confirmed so many bytes of it
   * @param notBefore nothing of it was written before
   */
  void add(Path file, long confirmed, Seen seen, Instant notBefore) {
    files++;
    bytes += seen.size() - confirmed;
    Instant written = Instant.ofEpochMilli(seen.modified());
    String name = file.toString();
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      Instant told = count(file, confirmed, seen.size());
      written = told != null && told.isBefore(written) ? told : written;
    }
    written = written.isBefore(notBefore) ? notBefore : written;
    Instant before = oldest;
    oldest = before == null || written.isBefore(before) ? written : before;
  }

  /** Counts the lines, and answers the time that the first one tells. */
  private @Nullable Instant count(Path file, long from, long to) {
    Instant told = null;
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
      for (long at = from; at < to && read < MOST_READ; ) {
        buffer.clear().limit((int) Math.min(CHUNK, to - at));
        int got = channel.read(buffer, at);
        if (got <= 0) {
          return told;
        }
        if (at == from) {
          told = time(buffer.array(), got);
        }
        lines += Lines.feeds(buffer.array(), 0, got);
        read += got;
        at += got;
        if (read >= MOST_READ) {
          notRead += to - at;
        }
      }
    } catch (IOException e) {
      // Whoever reads it tells why it cannot be read.
    }
    return told;
  }

  private static @Nullable Instant time(byte[] bytes, int length) {
    int end = Lines.end(bytes, 0, length);
    try {
      JsonReader reader = new JsonReader().reset(bytes, 0, end);
      if (reader.peek() != Token.OBJECT) {
        return null;
      }
      reader.enterObject();
      while (reader.nextKey()) {
        if (reader.keyIs("timestamp") && reader.peek() == Token.STRING) {
          return Timestamps.instant(Timestamps.parse(reader.string()));
        }
        reader.skip();
      }
    } catch (JsonException | DateTimeException | IllegalArgumentException e) {
      // It tells no time.
    }
    return null;
  }

  Backlog backlog(@Nullable Instant confirmed, String problem) {
    long events = read == 0 ? 0 : Math.round(lines * (1 + (double) notRead / read));
    return new Backlog(files, bytes, events, oldest, confirmed, problem);
  }
}
