package dev.flightlog.patterns.templates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The text of a template, made to be read from the signatures it stands for. Stateless. */
final class TemplateText {
  /** So many signatures of a template shape its text. */
  private static final int SHAPING = 24;

  private TemplateText() {}

  /** Keeps the tokens that all have, in order; what differs between them is a slot. */
  static String of(List<String> signatures, Lexicon lexicon) {
    TokenizedSignature cut = TokenizedSignature.of(signatures.getFirst(), lexicon);
    int[] tokens = cut.tokens();
    boolean[] spaced = cut.spaced();
    int shaping = Math.min(SHAPING, signatures.size());
    for (int i = 1; i < shaping; i++) {
      boolean[] shared = shared(tokens, TokenizedSignature.of(signatures.get(i), lexicon).tokens());
      List<Integer> kept = new ArrayList<>();
      for (int k = 0; k < tokens.length; k++) {
        if (shared[k]) {
          kept.add(k);
        } else if (kept.isEmpty() || kept.getLast() < 0 || tokens[kept.getLast()] != Lexicon.SLOT) {
          tokens[k] = Lexicon.SLOT;
          kept.add(k);
        }
      }
      int[] fewer = new int[kept.size()];
      boolean[] blanks = new boolean[fewer.length];
      for (int k = 0; k < fewer.length; k++) {
        fewer[k] = tokens[kept.get(k)];
        blanks[k] = spaced[kept.get(k)];
      }
      tokens = fewer;
      spaced = blanks;
    }
    return text(tokens, spaced, lexicon);
  }

  static String text(int[] tokens, boolean[] spaced, Lexicon lexicon) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < tokens.length; i++) {
      boolean again = i > 0 && tokens[i] == Lexicon.SLOT && tokens[i - 1] == Lexicon.SLOT;
      if (!again) {
        out.append(spaced[i] && i > 0 ? " " : "").append(lexicon.text(tokens[i]));
      }
    }
    return out.toString();
  }

  /** Which tokens of the first belong to a longest common subsequence with the second. */
  private static boolean[] shared(int[] a, int[] b) {
    boolean[] shared = new boolean[a.length];
    int head = 0;
    while (head < a.length && head < b.length && a[head] == b[head]) {
      shared[head++] = true;
    }
    int tail = 0;
    while (tail < a.length - head
        && tail < b.length - head
        && a[a.length - 1 - tail] == b[b.length - 1 - tail]) {
      tail++;
    }
    Arrays.fill(shared, a.length - tail, a.length, true);
    int n = a.length - tail - head;
    int m = b.length - tail - head;
    int[][] length = new int[n + 1][m + 1];
    for (int i = n - 1; i >= 0; i--) {
      for (int k = m - 1; k >= 0; k--) {
        length[i][k] =
            a[head + i] == b[head + k]
                ? length[i + 1][k + 1] + 1
                : Math.max(length[i + 1][k], length[i][k + 1]);
      }
    }
    for (int i = 0, k = 0; i < n && k < m; ) {
      if (a[head + i] == b[head + k]) {
        shared[head + i] = true;
        i++;
        k++;
      } else if (length[i + 1][k] >= length[i][k + 1]) {
        i++;
      } else {
        k++;
      }
    }
    return shared;
  }
}
