package dev.flightlog.wording.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The scanner against the expression that defines it. */
class PiecesTest {
  private static final String CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
  private static final Pattern DEFINITION =
      Pattern.compile(
          String.join(
              "|",
              "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                  + CONTRACTION,
              "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                  + CONTRACTION,
              "\\p{N}{1,3}",
              " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*",
              "\\s*[\\r\\n]+",
              "\\s+(?!\\S)",
              "\\s+"),
          Pattern.UNICODE_CHARACTER_CLASS);

  @Test
  void everyCharacterIsCutInEverySurroundingAsTheDefinitionSays() {
    int block = 2048;
    for (int first = 0; first <= Character.MAX_CODE_POINT; first += block) {
      boolean firstOfPlane = first % 0x10000 == 0;
      if (!firstOfPlane
          && IntStream.range(first, first + block).noneMatch(PiecesTest::isCharacter)) {
        continue;
      }
      StringBuilder text = new StringBuilder();
      for (int c = first; c < first + block; c++) {
        String s = Character.toString(c);
        text.append(s).append("aB").append(s).append(s).append(" ").append(s).append("C'");
        text.append(s).append("\n").append(s).append("1").append(s).append("!").append(s);
      }
      assertCutAsDefined(text.toString(), "characters from " + first);
    }
  }

  /** Of what is none, the first of each plane stand for all. */
  private static boolean isCharacter(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.UNASSIGNED && type != Character.PRIVATE_USE;
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfTextIsCutAsTheDefinitionSays(SampleTexts kind) {
    long seed = 42L + kind.ordinal();
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      String text = kind.text(random);
      assertCutAsDefined(text, "seed " + seed + ", text " + i + ": " + text);
    }
  }

  @Test
  void allShortTextsOfTellingCharactersAreCutAsTheDefinitionSays() {
    String[] telling = {"a", "A", "ª", "\u0301", "1", "!", "'", "s", " ", "\t", "\n", "/"};
    int texts = telling.length * telling.length * telling.length * telling.length * telling.length;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < texts; i++) {
      text.setLength(0);
      for (int rest = i, place = 0; place < 5; place++, rest /= telling.length) {
        text.append(telling[rest % telling.length]);
      }
      assertCutAsDefined(text.toString(), text.toString());
    }
  }

  private static void assertCutAsDefined(String text, String description) {
    String encoded = new String(text.getBytes(UTF_8), UTF_8);
    List<String> expected = new ArrayList<>();
    Matcher matcher = DEFINITION.matcher(encoded);
    while (matcher.find()) {
      expected.add(matcher.group());
    }
    if (!cut(encoded).equals(expected)) {
      assertThat(cut(encoded)).as(description).isEqualTo(expected);
    }
  }

  private static List<String> cut(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    List<String> pieces = new ArrayList<>();
    for (int from = 0, end; from < utf8.length; from = end) {
      end = Pieces.end(utf8, from);
      pieces.add(new String(utf8, from, end - from, UTF_8));
    }
    return pieces;
  }
}
