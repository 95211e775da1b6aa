package dev.flightlog.worker.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is left of a line that was meant for a terminal, whatever stands in it. */
class TerminalTextTest {
  private static final String PARTS = "a \r\t\u001b[m\u0007";

  @Test
  void everyLineOfSixPartsIsShownWithoutReturnsAndBells() {
    int lines = 0;
    for (int length = 0; length <= 6; length++) {
      long all = (long) Math.pow(PARTS.length(), length);
      for (long n = 0; n < all; n++) {
        StringBuilder line = new StringBuilder(length);
        long rest = n;
        while (line.length() < length) {
          line.append(PARTS.charAt((int) (rest % PARTS.length())));
          rest /= PARTS.length();
        }
        String shown = TerminalText.shown(line.toString());
        if (shown.indexOf('\r') >= 0 || shown.indexOf('\u0007') >= 0) {
          throw new AssertionError(shown + " of " + line.chars().boxed().toList());
        }
        lines++;
      }
    }
    assertThat(lines).isEqualTo(299_593);
  }

  @Test
  void severalReturnsAtTheEndOfALineLeaveWhatStandsBeforeThem() {
    assertThat(TerminalText.shown("10%\r100%\r\r")).isEqualTo("100%");
    assertThat(TerminalText.shown("\u001b[1mdone\u001b[0m\r\r \r")).isEqualTo("done");
    assertThat(TerminalText.shown("\r\r")).isEmpty();
  }
}
