package dev.flightlog.learning.books;

import dev.flightlog.event.files.Lines;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.files.RegularFile;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of JSON lines that only grows. A line that cannot be read costs itself and is told; what a
 * crash left unfinished is ended before the next line. Not safe for several threads; two processes
 * may append, each line is whole.
 */
public final class BookFile {
  private final Path file;
  private final List<String> damaged = new ArrayList<>();

  public BookFile(Path file) {
    this.file = file;
  }

  /**
   * Reads every line; the file need not exist.
   *
   * @param line takes the value of a line, or throws an IllegalArgumentException that says what is
   *     wrong in it
   */
  public void read(Consumer<@Nullable Object> line) throws IOException {
    byte[] bytes;
    try {
      bytes = RegularFile.read(file);
    } catch (NoSuchFileException e) {
      return;
    }
    int number = 0;
    for (int from = 0; from < bytes.length; ) {
      int to = Lines.end(bytes, from, bytes.length);
      number++;
      if (to > from) {
        try {
          JsonReader reader = new JsonReader().reset(bytes, from, to);
          Object value = reader.value();
          reader.finish();
          line.accept(value);
        } catch (JsonException | IllegalArgumentException e) {
          damaged.add("line " + number + " cannot be read: " + e.getMessage());
        }
      }
      from = to + 1;
    }
  }

  /** What could not be read, a sentence a line. */
  public List<String> damaged() {
    return List.copyOf(damaged);
  }

  /** Appends a line; not forced to the disk. */
  public void append(String line) throws IOException {
    String start = endsALine() ? "" : "\n";
    OwnerOnly.append(file, (start + line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private boolean endsALine() throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return Lines.beginAt(channel, channel.size());
    } catch (NoSuchFileException e) {
      return true;
    }
  }
}
