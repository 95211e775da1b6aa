package dev.flightlog.event.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

class KeyBlockTest {
  private final KeyBlock block = new KeyBlock();

  @Test
  void theLinesOfAKeyAreOneBlockHoweverTheyArePrinted() {
    for (BinaryOperator<String> view : PrivateKeyTest.views().values()) {
      List<String> key = PrivateKeyTest.key("RSA ", 25, new Random(1));
      List<String> lines = new ArrayList<>(List.of("before"));
      for (int i = 0; i < key.size(); i++) {
        lines.add(view.apply(String.valueOf(i + 1), key.get(i)));
      }
      lines.add("after");
      lines.add("and");
      List<KeyBlock.Part> parts = parts(lines);
      assertThat(parts.subList(0, 2)).containsExactly(KeyBlock.Part.NONE, KeyBlock.Part.FIRST);
      assertThat(parts.subList(2, lines.size() - 2))
          .as(lines.get(1))
          .containsOnly(KeyBlock.Part.INNER);
      assertThat(parts.subList(lines.size() - 2, lines.size())).containsOnly(KeyBlock.Part.NONE);
    }
  }

  @Test
  void aKeyThatWasCutHidesNoLineBehindIt() {
    List<String> lines = new ArrayList<>(PrivateKeyTest.key("", 25, new Random(2)).subList(0, 3));
    lines.add("exit status 1");
    lines.add("done");
    assertThat(parts(lines))
        .containsExactly(
            KeyBlock.Part.FIRST,
            KeyBlock.Part.INNER,
            KeyBlock.Part.INNER,
            KeyBlock.Part.NONE,
            KeyBlock.Part.NONE);
  }

  @Test
  void aKeyOnOneLineAndTalkAboutKeysAreNoBlock() {
    List<String> key = PrivateKeyTest.key("", 4, new Random(3));
    List<String> lines =
        List.of(String.join("\\n", key), "is -----BEGIN PRIVATE " + "KEY----- in the file?", "no");
    assertThat(parts(lines)).containsOnly(KeyBlock.Part.NONE);
  }

  private List<KeyBlock.Part> parts(List<String> lines) {
    return lines.stream()
        .map(line -> line.getBytes(StandardCharsets.UTF_8))
        .map(bytes -> block.of(bytes, 0, bytes.length))
        .toList();
  }
}
