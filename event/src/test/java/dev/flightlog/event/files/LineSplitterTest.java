package dev.flightlog.event.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineSplitterTest {
  @TempDir Path folder;

  /** What came out: lines as they are, pieces in brackets, the last one with a dot. */
  private static final class Cut implements LineSplitter.Sink {
    final List<String> out = new ArrayList<>();

    @Override
    public void line(byte[] bytes, int from, int to) {
      out.add(new String(bytes, from, to - from, UTF_8));
    }

    @Override
    public void piece(byte[] bytes, int from, int to, boolean last) {
      out.add("[" + new String(bytes, from, to - from, UTF_8) + (last ? ".]" : "]"));
    }
  }

  private static List<String> cut(String text, int longest, int chunk) throws IOException {
    Cut cut = new Cut();
    LineSplitter splitter = new LineSplitter(longest, cut);
    byte[] bytes = text.getBytes(UTF_8);
    for (int at = 0; at < bytes.length; at += chunk) {
      splitter.take(bytes, at, Math.min(bytes.length, at + chunk));
    }
    splitter.end();
    return cut.out;
  }

  @Test
  void linesAreTheSameHoweverTheChunksFall() throws IOException {
    for (int chunk = 1; chunk < 30; chunk++) {
      assertThat(cut("first\n\nthird, a long one\r\nlast", 100, chunk))
          .containsExactly("first", "", "third, a long one\r", "last");
      assertThat(cut("one\ntwo\n", 100, chunk)).containsExactly("one", "two");
    }
  }

  @Test
  void aLineAtTheLimitIsWholeAndALongerOneComesInPieces() throws IOException {
    for (int chunk = 1; chunk < 30; chunk++) {
      assertThat(cut("12345\n1234567890123\nab\n", 5, chunk))
          .containsExactly("12345", "[12345]", "[67890]", "[123.]", "ab");
      assertThat(cut("1234567", 5, chunk)).containsExactly("[12345]", "[67.]");
    }
  }

  @Test
  void theEndOfALineIsFoundWhereverItLies() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        // Neighbours of a line feed, and the same with the highest bit, are where the trick fails.
        bytes[i] = (byte) new int[] {'\n', '\t', 11, 'x', 0, 0x8a, 0x89, 0xff}[random.nextInt(8)];
      }
      int from = random.nextInt(bytes.length + 1);
      int expected = from;
      while (expected < bytes.length && bytes[expected] != '\n') {
        expected++;
      }
      assertThat(Lines.end(bytes, from, bytes.length)).isEqualTo(expected);
    }
    assertThat(Lines.feeds("a\nb\n\nc".getBytes(UTF_8), 0, 6)).isEqualTo(3);
  }

  @Test
  void aLineBeginsAtTheStartOfAFileAndBehindALineFeed() throws IOException {
    Path file = Files.writeString(folder.resolve("lines"), "ab\nc");
    try (FileChannel channel = FileChannel.open(file)) {
      assertThat(Lines.beginAt(channel, 0)).isTrue();
      assertThat(Lines.beginAt(channel, 2)).isFalse();
      assertThat(Lines.beginAt(channel, 3)).isTrue();
      assertThat(Lines.beginAt(channel, 4)).isFalse();
      assertThat(Lines.beginAt(channel, 99)).isFalse();
    }
  }
}
