package dev.flightlog.webhooks.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The configured patterns of commands, tried on one line after the other; the first that matches
 * counts.
 *
 * <p>A pattern may be hostile or just badly written, and Java's matcher goes back without end. So
 * the text under the matcher counts how often it is looked at, and stops the match at a bound: what
 * a pattern may cost depends on the bound alone, not on the pattern or the text. Lines longer than
 * {@link #LONGEST_LINE} hold no command.
 *
 * <p>Immutable, safe for any thread.
 */
public final class CommandPatterns {
  /** What is tried when nothing is configured. {@code {bot}} is the name of the bot. */
  public static final List<String> DEFAULTS =
      List.of(
          "^@{bot}[ \\t,:]+/?(?<command>[A-Za-z][A-Za-z0-9_-]{0,63})\\b",
          "^/agent[ \\t]+(?<command>[A-Za-z][A-Za-z0-9_-]{0,63})\\b");

  private static final Pattern BLANK =
      Pattern.compile("[\\p{Z}\\p{Cf}\\t\\x0B\\f\\x1C-\\x1F\\x85]");

  static final int LONGEST_LINE = 1000;
  private static final int MOST_LINES = 2000;
  private static final int LOOKS_PER_LINE = 100_000;
  private static final int LOOKS = 2_000_000;

  private final List<Pattern> patterns;

  private CommandPatterns(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * @throws IllegalArgumentException when one is no pattern, or has no group named {@code command};
   *     the message tells which and how to mend it
   */
  public static CommandPatterns of(List<String> sources, String bot) {
    List<Pattern> patterns = new ArrayList<>();
    for (String source : sources) {
      Pattern pattern;
      try {
        pattern =
            Pattern.compile(
                source.replace("{bot}", Pattern.quote(bot)),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "the pattern \"" + source + "\" is wrong: " + e.getDescription(), e);
      }
      if (!pattern.namedGroups().containsKey("command")) {
        throw new IllegalArgumentException(
            "the pattern \""
                + source
                + "\" names no command: put the part that is the command into (?<command>…)");
      }
      patterns.add(pattern);
    }
    return new CommandPatterns(List.copyOf(patterns));
  }

  /**
   * The first command in these lines. Any blank of Unicode, also one without width, counts as a
   * space.
   *
   * @throws RunawayPatternException when a pattern cost more than its bound
   */
  public Optional<Command> find(List<String> lines) {
    int left = LOOKS;
    for (String line : lines.subList(0, Math.min(lines.size(), MOST_LINES))) {
      String trimmed = BLANK.matcher(line).replaceAll(" ").strip();
      if (trimmed.isEmpty() || trimmed.length() > LONGEST_LINE) {
        continue;
      }
      for (Pattern pattern : patterns) {
        Watched watched = new Watched(trimmed, Math.min(left, LOOKS_PER_LINE), pattern);
        Optional<String> name = match(pattern, watched);
        left -= watched.looks;
        if (name.isPresent()) {
          return Optional.of(new Command(name.get().toLowerCase(Locale.ROOT), trimmed));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> match(Pattern pattern, Watched text) {
    try {
      Matcher matcher = pattern.matcher(text);
      if (!matcher.find()) {
        return Optional.empty();
      }
      return Optional.ofNullable(matcher.group("command"))
          .map(String::strip)
          .filter(name -> !name.isEmpty());
    } catch (StackOverflowError e) {
      throw new RunawayPatternException(pattern.pattern());
    }
  }

  /** A pattern cost more than it may; the line that it was tried on holds no command. */
  public static final class RunawayPatternException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RunawayPatternException(String pattern) {
      super(
          "the pattern \"" + pattern + "\" takes too many steps: write it without nested repeats",
          null,
          false,
          false);
    }
  }

  /** A text that counts the looks at it. For one match. */
  private static final class Watched implements CharSequence {
    private final String text;
    private final int most;
    private final Pattern pattern;
    private int looks;

    Watched(String text, int most, Pattern pattern) {
      this.text = text;
      this.most = most;
      this.pattern = pattern;
    }

    @Override
    public char charAt(int index) {
      if (++looks > most) {
        throw new RunawayPatternException(pattern.pattern());
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
