package dev.flightlog.wording;

import dev.flightlog.wording.tokens.TokenCounter;

/**
 * Log text made fit to be shown. Whoever wrote a log may have meant to move the cursor, to reverse
 * the line, or to hide words from the reader; so everything without a glyph of its own is shown as
 * an escape: controls, bidirectional marks, zero-width, private and unassigned characters, lone
 * surrogates, and combining marks beyond three on one letter.
 */
public final class SafeText {
  private static final String HEX = "0123456789abcdef";
  private static final int MARKS = 3;

  /** Beyond this only head and tail are looked at; far more than is ever shown. */
  private static final int LONG = 2048;

  private SafeText() {}

  /** The whole text; line breaks and tabs as {@code \n \r \t}. */
  public static String of(String text) {
    return isPlain(text) ? text : clean(text, false);
  }

  /** The whole text with its tabs and line breaks; a carriage return only before a line feed. */
  public static String multiline(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || c == '\t' || ends) {
        out.append(of(text.substring(from, i))).append(c);
        from = i + 1;
      }
    }
    return out.append(of(text.substring(from))).toString();
  }

  /** The text as one sentence: any run of white space is one space, none at the ends. */
  public static String sentence(String text) {
    return clean(ends(text), true);
  }

  /** At most so many characters of {@link #of}, shortened in the middle with {@code …}. */
  public static String shortened(String text, int characters) {
    return middle(of(ends(text)), characters);
  }

  /** {@link #shortened} further until it costs no more than so many tokens, or has four left. */
  public static String shortened(String text, int characters, int tokens) {
    return within(of(ends(text)), characters, tokens);
  }

  /** {@link #sentence}, shortened as {@link #shortened(String, int, int)} does. */
  public static String sentence(String text, int characters, int tokens) {
    return within(sentence(text), characters, tokens);
  }

  /** A JSON text in which what has no glyph is escaped as JSON does; it stays the same JSON. */
  public static String json(String json) {
    StringBuilder out = null;
    int width;
    for (int i = 0; i < json.length(); i += width) {
      int c = json.codePointAt(i);
      width = Character.charCount(c);
      boolean shown = c < 128 || isHarmless(c, Character.getType(c));
      if (!shown && out == null) {
        out = new StringBuilder(json.length() + 64).append(json, 0, i);
      }
      if (out != null && shown) {
        out.appendCodePoint(c);
      } else if (out != null) {
        for (int unit = i; unit < i + width; unit++) {
          escape(json.charAt(unit), out);
        }
      }
    }
    return out == null ? json : out.toString();
  }

  private static String within(String safe, int characters, int tokens) {
    int most = characters;
    while (true) {
      String text = middle(safe, most);
      int cost = text.length() <= tokens ? 0 : TokenCounter.o200k().count(text);
      if (cost <= tokens || most <= 4) {
        return text;
      }
      int now = Math.min(most, text.codePointCount(0, text.length()));
      most = Math.max(4, Math.min(now - 1, now * tokens / cost));
    }
  }

  private static String ends(String text) {
    if (text.length() <= LONG) {
      return text;
    }
    int head = LONG / 2;
    int tail = text.length() - LONG / 2;
    head -= Character.isHighSurrogate(text.charAt(head - 1)) ? 1 : 0;
    tail += Character.isLowSurrogate(text.charAt(tail)) ? 1 : 0;
    return text.substring(0, head) + text.substring(tail);
  }

  private static String middle(String safe, int characters) {
    if (safe.length() <= characters) {
      return safe;
    }
    int points = safe.codePointCount(0, safe.length());
    if (points <= characters) {
      return safe;
    }
    int head = characters / 2;
    int tail = Math.max(0, characters - 1 - head);
    return safe.substring(0, safe.offsetByCodePoints(0, head))
        + '…'
        + safe.substring(safe.offsetByCodePoints(safe.length(), -tail));
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static String clean(String text, boolean sentence) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    int marks = 0;
    int width;
    for (int i = 0; i < text.length(); i += width) {
      int c = text.codePointAt(i);
      width = Character.charCount(c);
      int type = c < 128 ? -1 : Character.getType(c);
      boolean mark = type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
      marks = mark ? marks + 1 : 0;
      if (sentence && isSpace(c, type)) {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
          out.append(' ');
        }
      } else if (type == Character.SPACE_SEPARATOR) {
        out.append(' ');
      } else if (isHarmless(c, type) && (marks == 0 || (marks <= MARKS && i > 0))) {
        out.appendCodePoint(c);
      } else {
        escape(c, out);
      }
    }
    if (sentence && !out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
      out.setLength(out.length() - 1);
    }
    return out.toString();
  }

  private static boolean isSpace(int c, int type) {
    return c == ' '
        || (c >= '\t' && c <= '\r')
        || c == 0x85
        || type == Character.SPACE_SEPARATOR
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static boolean isHarmless(int c, int type) {
    if (c < 128) {
      return c >= ' ' && c != 127;
    }
    return switch (type) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> !isBlankLetter(c) && !isVariationSelector(c);
    };
  }

  /** Letters and signs by their class that are drawn as nothing: Hangul fillers, blank Braille. */
  private static boolean isBlankLetter(int c) {
    return c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x2800 || c == 0x034f;
  }

  private static boolean isVariationSelector(int c) {
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
  }

  private static void escape(int c, StringBuilder out) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        out.append(c > 0xffff ? "\\u{" : "\\u");
        for (int shift = c > 0xffff ? 16 : 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt(c >> shift & 15));
        }
        if (c > 0xffff) {
          out.append('}');
        }
      }
    }
  }
}
