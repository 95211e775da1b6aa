package dev.flightlog.recorder.journal;

import dev.flightlog.event.files.LineSplitter;
import dev.flightlog.event.files.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Finds out which lines of an interrupted write are in the journal, by comparing their bytes. */
final class Presence {
  private Presence() {}

  /**
   * Marks as done the lines of one part that stand in its journal behind the length it had before
   * the write. A journal in which no line ends there has been replaced, and is read from its start.
   */
  static void mark(Ring ring, Batch batch, int part, Path journal) throws IOException {
    Map<String, Integer> missing = new HashMap<>();
    int longest = 0;
    for (int i = 0; i < batch.count(); i++) {
      if (batch.isMissing(i, part)) {
        long position = batch.position(i);
        long header = ring.header(position);
        byte[] line = new byte[Ring.lineLength(header) - 1];
        ring.bytes().get(ring.nameAt(position) + Ring.nameLength(header), line);
        missing.put(new String(line, StandardCharsets.ISO_8859_1), i);
        longest = Math.max(longest, line.length);
      }
    }
    long from = batch.parts().get(part).sizeBefore;
    try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.READ)) {
      if (!missing.isEmpty() && channel.size() != from) {
        channel.position(Lines.beginAt(channel, from) ? from : 0);
        read(Channels.newInputStream(channel), longest, missing, batch);
      }
    } catch (NoSuchFileException e) {
      // Then nothing of it was written.
    }
  }

  private static void read(InputStream in, int longest, Map<String, Integer> missing, Batch batch)
      throws IOException {
    LineSplitter lines = new LineSplitter(longest, new Written(missing, batch));
    byte[] chunk = new byte[64 * 1024];
    for (int n = in.read(chunk); n >= 0 && !missing.isEmpty(); n = in.read(chunk)) {
      lines.take(chunk, 0, n);
    }
    // Whole but for its line feed: the next append begins with one.
    lines.end();
  }

  /** The lines of a journal, of which those that are missing are done. */
  private record Written(Map<String, Integer> missing, Batch batch) implements LineSplitter.Sink {
    @Override
    public void line(byte[] bytes, int from, int to) {
      String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
      Integer record = missing.remove(text);
      if (record != null) {
        batch.done(record);
      }
    }

    @Override
    public void piece(byte[] bytes, int from, int to, boolean last) {
      // Longer than any line that is missing.
    }
  }
}
