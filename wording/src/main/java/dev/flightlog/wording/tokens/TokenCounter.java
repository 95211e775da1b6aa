package dev.flightlog.wording.tokens;

import java.nio.charset.StandardCharsets;

/**
 * Counts tokens exactly as the {@code o200k_base} encoding does. Text that looks like a special
 * token, such as {@code <|endoftext|>}, is counted as the ordinary text it is.
 *
 * <p>Safe for use by several threads. The first use reads the vocabulary, some 2.5 MB that stay in
 * memory; after that nothing blocks. Time grows with {@code n log n} on any text; memory is a copy
 * of the text in UTF-8 and some 40 bytes for each byte of its longest unbroken piece (a word, a run
 * of blanks or of signs).
 */
public final class TokenCounter {

  private static final class O200k {
    static final TokenCounter COUNTER = new TokenCounter(Vocabulary.read());
  }

  private final Vocabulary vocabulary;

  private TokenCounter(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The counter for {@code o200k_base}; always the same one. */
  public static TokenCounter o200k() {
    return O200k.COUNTER;
  }

  /** The number of tokens in {@code text}. A lone surrogate counts as a question mark. */
  public int count(CharSequence text) {
    byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
    PairMerge merge = new PairMerge(vocabulary, utf8);
    int tokens = 0;
    int end;
    for (int from = 0; from < utf8.length; from = end) {
      end = Pieces.end(utf8, from);
      boolean whole = vocabulary.rank(utf8, from, end) != Vocabulary.NONE;
      tokens += whole ? 1 : merge.count(from, end);
    }
    return tokens;
  }
}
