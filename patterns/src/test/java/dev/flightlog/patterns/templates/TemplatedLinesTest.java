package dev.flightlog.patterns.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatedLinesTest {
  @TempDir Path folder;

  private List<String> told(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("lines"), text);
    List<String> told = new ArrayList<>();
    TemplatedLines.learn(file).tell((number, template) -> told.add(number + " " + template.text()));
    return told;
  }

  @Test
  void everyLineHasItsNumberAndTemplate() throws IOException {
    assertThat(told("took 1 ms\r\n\ntook 2 ms")).containsExactly("1 took <*>", "2 ", "3 took <*>");
    assertThat(told("")).isEmpty();
    assertThat(told("\n")).containsExactly("1 ");
    assertThat(told("\ufeffone\n")).containsExactly("1 one");
  }

  @Test
  void aLineLongerThanAnyBufferIsOneLine() throws IOException {
    String text = "start\n" + "word ".repeat(400_000) + "\nend 1\n" + "word ".repeat(400_000);
    List<String> told = told(text);
    assertThat(told).hasSize(4);
    assertThat(told.get(0)).isEqualTo("1 start");
    assertThat(told.get(1)).startsWith("2 word").hasSizeLessThan(3000);
    assertThat(told.get(2)).isEqualTo("3 end <*>");
    assertThat(told.get(3).substring(2)).isEqualTo(told.get(1).substring(2));
  }

  @Test
  void moreSignaturesThanAreKeptStillGiveEveryLineATemplate() throws IOException {
    Random random = new Random(11);
    StringBuilder text = new StringBuilder();
    int lines = 3_000;
    for (int i = 0; i < lines; i++) {
      text.append("session opened for user ");
      random.ints(7, 'a', 'z').forEach(text::appendCodePoint);
      text.append(" by (uid=0)\n");
    }
    Path file = Files.writeString(folder.resolve("names"), text);
    List<String> told = new ArrayList<>();
    TemplatedLines.learn(file, new Templates(1_000))
        .tell((number, template) -> told.add(number + " " + template.text()));
    assertThat(told)
        .hasSize(lines)
        .allMatch(each -> each.endsWith(" session opened for user <*> by (uid=<*>)"));
  }

  @Test
  void bytesThatAreNoTextDoNoHarm() throws IOException {
    byte[] bytes = new byte[100_000];
    new Random(2).nextBytes(bytes);
    Path file = Files.write(folder.resolve("bytes"), bytes);
    TemplatedLines lines = TemplatedLines.learn(file);
    List<Long> numbers = new ArrayList<>();
    lines.tell((number, template) -> numbers.add(number));
    assertThat(numbers).hasSize((int) lines.lines());
  }
}
