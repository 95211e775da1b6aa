package dev.flightlog.worker.capture;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What a person would see of a line that was meant for a terminal: without colours, titles and
 * cursor movements, and of a progress bar its last state. Stateless.
 */
final class TerminalText {
  private static final char ESCAPE = 0x1b;

  /** CSI, OSC and the like (ECMA-48), then every control character but the tab. */
  private static final Pattern CONTROLS =
      Pattern.compile(
          "\u001b(?:\\[[0-?]*[ -/]*[@-~]|[\\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|[ -/]*[0-~])"
              + "|[\\p{Cntrl}&&[^\t\r]]");

  private TerminalText() {}

  static String shown(String line) {
    if (line.chars().noneMatch(Character::isISOControl)) {
      return line;
    }
    String plain = CONTROLS.matcher(line).replaceAll("");
    int end = plain.length();
    while (end > 0 && plain.charAt(end - 1) <= ' ') {
      end--;
    }
    return plain.substring(plain.lastIndexOf('\r', end - 1) + 1, end);
  }

  /** As {@link #shown}, of which it tells whether it is blank, without decoding what is plain. */
  static boolean showsSomething(byte[] bytes, int from, int to) {
    boolean visible = false;
    for (int i = from; i < to; i++) {
      if (bytes[i] == ESCAPE) {
        return !shown(new String(bytes, from, to - from, StandardCharsets.UTF_8)).isBlank();
      }
      visible |= bytes[i] > ' ' || bytes[i] < 0;
    }
    return visible;
  }

  /** The first characters, none of them cut. */
  static String start(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, splits ? most - 1 : most);
  }
}
