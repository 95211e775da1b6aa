package dev.flightlog.forwarding;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The lines of the journals in a folder, from where they were left. A last line without its end
 * waits. A line that is no event is passed over: the importer sets it aside and tells of it.
 */
final class JournalTail {
  private static final String NAMES = "story_*.jsonl";
  private static final int READ_BYTES = 1 << 20;

  /** A line longer than a read is looked at this far; what is longer still is passed over. */
  private static final int LONGEST = 16 << 20;

  /** In what another Flightlog, or this one, shipped here: it is not shipped on for ever. */
  private static final String SHIPPED = "\"scope\":\"" + OtlpTarget.SCOPE + "\"";

  private final Path folder;

  JournalTail(Path folder) {
    this.folder = folder;
  }

  /**
   * Some lines of one journal.
   *
   * @param end where the next ones begin
   */
  record Stretch(Path journal, List<JournalLine> lines, long end) {}

  List<Path> journals() throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, NAMES)) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          found.add(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NoSuchFileException e) {
      return found;
    }
    found.sort(null);
    return found;
  }

  /** Bytes that wait to be sent. */
  long behind(Positions positions) throws IOException {
    long bytes = 0;
    for (Path journal : journals()) {
      try {
        bytes += Math.max(0, Files.size(journal) - positions.of(journal));
      } catch (NoSuchFileException e) {
        // It moved into the archive just now.
      }
    }
    return bytes;
  }

  /** The next lines of a journal, at most so many; none when nothing whole is there. */
  Stretch next(Path journal, long from, int most) throws IOException {
    List<JournalLine> lines = new ArrayList<>();
    long end = from;
    try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.READ)) {
      if (channel.size() < from) {
        // Somebody rewrote it, which only a deletion of a session does: it is sent anew.
        return next(journal, 0, most);
      }
      int size = READ_BYTES;
      while (lines.isEmpty() && end == from) {
        byte[] bytes = read(channel, from, size);
        int at = 0;
        for (int feed = feed(bytes, at); feed >= 0 && lines.size() < most; feed = feed(bytes, at)) {
          add(bytes, at, feed, lines);
          at = feed + 1;
          end = from + at;
        }
        if (end == from && bytes.length == size && size >= LONGEST) {
          end = from + size;
        }
        if (bytes.length < size) {
          break;
        }
        size = Math.min(LONGEST, size * 4);
      }
    } catch (NoSuchFileException moved) {
      return new Stretch(journal, List.of(), from);
    }
    return new Stretch(journal, lines, end);
  }

  private static byte[] read(FileChannel channel, long from, int most) throws IOException {
    int length = (int) Math.min(most, channel.size() - from);
    ByteBuffer buffer = ByteBuffer.allocate(Math.max(0, length));
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, from + buffer.position());
      if (count < 0) {
        break;
      }
    }
    return buffer.position() == buffer.capacity()
        ? buffer.array()
        : java.util.Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static int feed(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static void add(byte[] bytes, int from, int to, List<JournalLine> lines) {
    try {
      JsonReader json = new JsonReader().reset(bytes, from, to);
      Object value = json.value();
      json.finish();
      String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      if (value instanceof Map<?, ?> event && !text.contains(SHIPPED)) {
        lines.add(new JournalLine(text, event));
      }
    } catch (JsonException noEvent) {
      // The importer sets it aside.
    }
  }
}
