package dev.flightlog.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.wording.tokens.TokenCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {
  @ParameterizedTest
  @CsvSource({
    "'plain text, 1.2', 'plain text, 1.2'",
    "'\u202efdp.exe', '\\u202efdp.exe'",
    "'a\u001b[31mred', 'a\\u001b[31mred'",
    "'one\ntwo\tthree', 'one\\ntwo\\tthree'",
    "'\u200bzero\ufeff', '\\u200bzero\\ufeff'",
    "'工具 🚀 é', '工具 🚀 é'",
    "'\uD83D', '\\ud83d'",
    "'\u00a0x', ' x'",
    "'x\u2028y', 'x\\u2028y'",
  })
  void whatCannotBeSeenIsShownAsAnEscape(String text, String shown) {
    assertThat(SafeText.of(text)).isEqualTo(shown);
  }

  @Test
  void charactersBeyondTheBasicPlaneAreEscapedWhole() {
    assertThat(SafeText.of(new StringBuilder("x").appendCodePoint(0xe0041).toString()))
        .isEqualTo("x\\u{e0041}");
  }

  @Test
  void aLetterKeepsThreeCombiningMarks() {
    assertThat(SafeText.of("e\u0301")).isEqualTo("e\u0301");
    assertThat(SafeText.of("e\u0301\u0301\u0301\u0301")).isEqualTo("e\u0301\u0301\u0301\\u0301");
    assertThat(SafeText.of("\u0301")).isEqualTo("\\u0301");
  }

  @Test
  void aSentenceIsOneLine() {
    assertThat(SafeText.sentence("  Exit code 1\r\n\n  at Main.java:3\t\u0007 ", 80, 40))
        .isEqualTo("Exit code 1 at Main.java:3 \\u0007");
  }

  @Test
  void aLongTextIsShortenedInTheMiddle() {
    assertThat(SafeText.shortened("mcp__server__do_something_long", 11)).isEqualTo("mcp__…_long");
    assertThat(SafeText.shortened("short", 11)).isEqualTo("short");
    assertThat(SafeText.shortened("🚀".repeat(10_000), 5)).isEqualTo("🚀🚀…🚀🚀");
  }

  @Test
  void itCanBeHeldToAnyNumberOfTokens() {
    String text = "aGVsbG8gd29ybGQh".repeat(700);
    for (int tokens = 4; tokens < 40; tokens++) {
      String shown = SafeText.shortened(text, 200, tokens);
      assertThat(shown.length()).isGreaterThanOrEqualTo(4);
      assertThat(TokenCounter.o200k().count(shown)).isLessThanOrEqualTo(tokens);
    }
  }

  @Test
  void jsonStaysTheSameJson() {
    assertThat(SafeText.json("{\"a\":\"\u202e🚀\"}")).isEqualTo("{\"a\":\"\\u202e🚀\"}");
    String tag = new StringBuilder().appendCodePoint(0xe0041).toString();
    assertThat(SafeText.json("\"" + tag + "\"")).isEqualTo("\"\\udb40\\udc41\"");
  }
}
