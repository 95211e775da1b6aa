package dev.flightlog.learning.instructions;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a file says already what a rule would say, or the opposite: by the words that they share.
 * Our own block is not looked at. Stateless.
 */
public final class Overlap {
  private static final Pattern WORD = Pattern.compile("[a-z0-9_]{3,}");
  private static final Set<String> EMPTY_WORDS =
      Set.of(
          "the",
          "and",
          "for",
          "with",
          "you",
          "your",
          "that",
          "this",
          "from",
          "into",
          "are",
          "its",
          "not",
          "never",
          "don",
          "dont",
          "always",
          "when",
          "before",
          "fails",
          "otherwise");
  private static final Pattern NEGATION =
      Pattern.compile("\\b(never|not|don't|dont|avoid|without|instead)\\b");
  private static final double MOSTLY = 0.6;

  /** Fewer words are shared by lines about something else. */
  private static final int LEAST_SHARED = 3;

  private static final Pattern CLAUSE_END = Pattern.compile("[,;:(]");

  private Overlap() {}

  /** What a line of the file says about a rule. */
  public sealed interface Finding {
    /** The 1-based line. */
    int line();

    /** The file says so already. */
    record Duplicate(int line) implements Finding {}

    /** The file seems to say the opposite; a person has to look. */
    record Contradiction(int line) implements Finding {}
  }

  /** The first line that shares most words of the rule's first clause. */
  public static Optional<Finding> find(byte[] file, String rule) {
    Set<String> wanted = words(firstClause(rule));
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    boolean inBlock = false;
    List<String> lines = new String(file, StandardCharsets.UTF_8).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.strip().startsWith(Block.ANY_BEGIN)) {
        inBlock = true;
      }
      if (!inBlock && saysMost(words(line), wanted)) {
        return Optional.of(
            negative(line) == negative(rule)
                ? new Finding.Duplicate(i + 1)
                : new Finding.Contradiction(i + 1));
      }
      if (line.strip().startsWith(Block.ANY_END)) {
        inBlock = false;
      }
    }
    return Optional.empty();
  }

  private static boolean saysMost(Set<String> line, Set<String> wanted) {
    long shared = wanted.stream().filter(line::contains).count();
    return shared >= Math.min(LEAST_SHARED, wanted.size())
        && (double) shared / wanted.size() >= MOSTLY;
  }

  /** What to do; behind it stand conditions and reasons. */
  private static String firstClause(String rule) {
    return CLAUSE_END.split(rule, 2)[0];
  }

  private static boolean negative(String text) {
    return NEGATION.matcher(text.toLowerCase(Locale.ROOT)).find();
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      String word = matcher.group();
      if (!EMPTY_WORDS.contains(word)) {
        words.add(word.endsWith("s") ? word.substring(0, word.length() - 1) : word);
      }
    }
    return words;
  }
}
