package dev.flightlog.patterns.templates;

import java.util.Arrays;

/**
 * A signature cut into tokens: words and names with what joins them, and single marks.
 *
 * @param tokens numbers of the lexicon
 * @param spaced which of them have a blank in front
 */
record TokenizedSignature(int[] tokens, boolean[] spaced) {
  /** Tokens of a signature that count; what follows is passed over. */
  static final int MOST = 200;

  private static final String ROUND = "(){}[]<>\"\"''``";
  private static final String BETWEEN = ",:;.-/|";

  static TokenizedSignature of(String signature, Lexicon lexicon) {
    int[] tokens = new int[Math.min(MOST, signature.length())];
    boolean[] spaced = new boolean[tokens.length];
    int count = 0;
    boolean blank = false;
    int i = 0;
    while (i < signature.length() && count < tokens.length) {
      if (signature.charAt(i) == ' ') {
        blank = true;
        i++;
        continue;
      }
      int end = tokenEnd(signature, i);
      tokens[count] = lexicon.number(signature.substring(i, end));
      spaced[count++] = blank;
      blank = false;
      i = end;
    }
    return new TokenizedSignature(Arrays.copyOf(tokens, count), Arrays.copyOf(spaced, count));
  }

  private static int tokenEnd(String text, int from) {
    int i = from;
    while (i < text.length()) {
      if (text.startsWith(Lexicon.SLOT_TEXT, i)) {
        i += 3;
      } else if (isMark(text.charAt(i))) {
        break;
      } else {
        i++;
      }
    }
    return Math.max(i, from + 1);
  }

  private static boolean isMark(char c) {
    if (c >= 128) {
      return (c >= 0x3000 && c < 0x3040) || (c > 0xff00 && c < 0xff21);
    }
    return VariableForms.KIND[c] == VariableForms.MARK
        || VariableForms.KIND[c] == VariableForms.SPACE;
  }

  /**
   * The same without what is there in one line and missing in the next: brackets and quotes around
   * a slot alone, a slot in round brackets that restates something, lists and repetitions longer
   * than one. Signatures with equal loose forms have one template.
   */
  int[] loose(Lexicon lexicon) {
    int[] out = new int[tokens.length];
    int n = 0;
    for (int i = 0; i < tokens.length; i++) {
      out[n++] = tokens[i];
      if (lexicon.is(tokens[i], Lexicon.MARK)) {
        n = unwrapped(out, n, i, lexicon);
      }
      n = listed(out, n, lexicon);
    }
    return Arrays.copyOf(out, repeated(out, n));
  }

  private int unwrapped(int[] out, int n, int at, Lexicon lexicon) {
    String mark = lexicon.text(out[n - 1]);
    int pair = mark.length() == 1 ? ROUND.lastIndexOf(mark.charAt(0)) : -1;
    if (pair < 0 || pair % 2 == 0) {
      return n;
    }
    String open = ROUND.substring(pair - 1, pair);
    if (n > 2 && out[n - 2] == Lexicon.SLOT && lexicon.text(out[n - 3]).equals(open)) {
      if (mark.equals(")")) {
        return at > 2 && spaced[at - 2] ? n - 3 : n;
      }
      out[n - 3] = Lexicon.SLOT;
      return n - 2;
    }
    boolean empty = mark.equals(")") && n > 1 && lexicon.text(out[n - 2]).equals("(");
    return empty && spaced[at - 1] && n > 2 ? n - 2 : n;
  }

  private static int listed(int[] out, int n, Lexicon lexicon) {
    if (n < 2 || out[n - 1] != Lexicon.SLOT) {
      return n;
    }
    if (out[n - 2] == Lexicon.SLOT) {
      return n - 1;
    }
    boolean between =
        n > 2 && out[n - 3] == Lexicon.SLOT && BETWEEN.contains(lexicon.text(out[n - 2]));
    return between ? n - 2 : n;
  }

  /** Drops what repeats, with a number in it, right behind itself. */
  private static int repeated(int[] out, int count) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      out[n++] = out[i];
      for (int period = 1; period <= 8 && 2 * period <= n; period++) {
        if (period > 1 && Arrays.equals(out, n - period, n, out, n - 2 * period, n - period)) {
          n -= period;
          break;
        }
      }
    }
    return n;
  }
}
