package dev.flightlog.patterns.remedies;

import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.ErrorKind;
import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.patterns.templates.MessageSignature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the errors that somebody means: by a class, an error type, a message as it was printed
 * (whole, a line of it, or with other values in it), or any part of these. Ways are tried from the
 * surest to the weakest; the first that finds something holds. Stateless.
 */
public final class ErrorLookup {
  private static final int MOST_LINES = 200;
  private static final int LONGEST_LINE = 2_000;

  /** So much of the words of two messages must be common. */
  private static final double ALIKE = 0.5;

  private static final int FEWEST_WORDS = 3;
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\d_]+");
  private static final Pattern EXCEPTION =
      Pattern.compile("\\b([A-Z][A-Za-z0-9_]{2,60}(?:Error|Exception|Interrupt))\\b");

  /** How compilers, linters and tests begin a line: a file and a place in it, a task, FAIL. */
  private static final Pattern DIAGNOSTIC =
      Pattern.compile(
          "^(?:\\[[^\\]]{1,60}\\] )?(?:\\S{1,300}?[:(]\\d{1,7}[:,)].*|--- FAIL: .*|FAIL(?:ED)?\\b.*)"
              + "|^\\[(?:lint|test|build|check|fmt|format|typecheck)[^\\]]{0,50}\\] .*");

  /** How errors were found. */
  public enum Way {
    CLASS,
    ERROR_TYPE,
    TEMPLATE,
    /** The template, but for what stands in quotes. */
    QUOTATION,
    /** Most words in common. */
    ALIKE,
    /** The exception that the text names. */
    EXCEPTION,
    /** Any text of the class or the message. */
    PART,
    /** Another message of a compiler, linter or test. */
    DIAGNOSTIC,
    NOTHING
  }

  /** The errors meant, in their order, and how they were found. */
  public record Found(Way way, List<ErrorFact> errors) {}

  private ErrorLookup() {}

  /**
   * Finds the errors of the class or the error type that is meant; nothing when it is neither.
   *
   * @param errors gives those of some kinds
   */
  public static Found byKind(
      String wanted, Function<Predicate<ErrorKind>, List<ErrorFact>> errors) {
    String text = wanted.strip();
    List<ErrorFact> found = errors.apply(kind -> isClass(kind, text));
    if (!found.isEmpty()) {
      return new Found(Way.CLASS, found);
    }
    found = errors.apply(kind -> isType(kind, text));
    return new Found(found.isEmpty() ? Way.NOTHING : Way.ERROR_TYPE, found);
  }

  /** Finds the errors that are meant. */
  public static Found find(String wanted, List<ErrorFact> all) {
    String text = wanted.strip();
    Found found = where(Way.CLASS, all, each -> isClass(each.kind(), text));
    found =
        found.errors().isEmpty()
            ? where(Way.ERROR_TYPE, all, each -> isType(each.kind(), text))
            : found;
    List<String> templates = templates(text);
    found = found.errors().isEmpty() ? byTemplate(templates, all) : found;
    String folded = text.toLowerCase(Locale.ROOT);
    boolean isShort = text.indexOf('\n') < 0 && !folded.isEmpty();
    found =
        found.errors().isEmpty() && isShort
            ? where(Way.PART, all, each -> haystack(each).contains(folded))
            : found;
    found = found.errors().isEmpty() ? byWords(templates, all) : found;
    found = found.errors().isEmpty() ? byException(text, all) : found;
    return found.errors().isEmpty() ? byPlace(text, all) : found;
  }

  private static Found where(Way way, List<ErrorFact> all, Predicate<ErrorFact> is) {
    List<ErrorFact> found = new ArrayList<>();
    for (ErrorFact each : all) {
      if (is.test(each)) {
        found.add(each);
      }
    }
    return new Found(found.isEmpty() ? Way.NOTHING : way, found);
  }

  private static boolean isType(ErrorKind each, String text) {
    return each.errorType().equalsIgnoreCase(text);
  }

  private static boolean isClass(ErrorKind each, String text) {
    return each.className().equalsIgnoreCase(text) || each.label().equalsIgnoreCase(text);
  }

  /** The template of the whole, then those of its lines. */
  private static List<String> templates(String text) {
    List<String> templates = new ArrayList<>();
    String[] lines = text.split("[\\r\\n]+", MOST_LINES);
    templates.add(template(text));
    for (String line : lines) {
      if (lines.length > 1 && !line.isBlank()) {
        templates.add(template(Fact.head(line, LONGEST_LINE)));
      }
    }
    return templates;
  }

  private static String template(String text) {
    return Fact.head(MessageSignature.of(text).text(), ErrorFact.TEMPLATE_LENGTH);
  }

  /** The line with the longest template that is known. */
  private static Found byTemplate(List<String> templates, List<ErrorFact> all) {
    Set<String> known = new HashSet<>();
    Set<String> unquoted = new HashSet<>();
    for (ErrorFact each : all) {
      known.add(each.template());
      unquoted.add(unquoted(each.template()));
    }
    String exact = "";
    String close = "";
    for (String template : templates) {
      boolean says = template.length() > 3;
      exact = known.contains(template) && template.length() > exact.length() ? template : exact;
      String bare = unquoted(template);
      close = says && unquoted.contains(bare) && bare.length() > close.length() ? bare : close;
    }
    String best = exact;
    if (!best.isBlank()) {
      return where(Way.TEMPLATE, all, each -> each.template().equals(best));
    }
    String near = close;
    return near.isBlank()
        ? new Found(Way.NOTHING, List.of())
        : where(Way.QUOTATION, all, each -> unquoted(each.template()).equals(near));
  }

  /** A template with what stands in quotes left out. */
  private static String unquoted(String template) {
    StringBuilder out = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (quote == 0) {
        out.append(c);
        boolean opens = i == 0 || !Character.isLetterOrDigit(template.charAt(i - 1));
        quote = opens && (c == '\'' || c == '"' || c == '`') ? c : 0;
      } else if (c == quote) {
        out.append(c);
        quote = 0;
      }
    }
    return out.toString();
  }

  private static String haystack(ErrorFact of) {
    return (of.label() + '\n' + of.message() + '\n' + of.template()).toLowerCase(Locale.ROOT);
  }

  /** The errors whose messages share the most words with one of the lines. */
  private static Found byWords(List<String> templates, List<ErrorFact> all) {
    List<Set<String>> lines = new ArrayList<>();
    for (String template : templates) {
      Set<String> words = words(template);
      if (words.size() >= FEWEST_WORDS) {
        lines.add(words);
      }
    }
    double best = ALIKE;
    List<ErrorFact> found = new ArrayList<>();
    for (ErrorFact each : all) {
      Set<String> words = words(each.template());
      for (Set<String> line : lines) {
        double alike = words.size() < FEWEST_WORDS ? 0 : share(words, line);
        if (alike > best) {
          found.clear();
          best = alike;
        }
        if (alike >= best && (found.isEmpty() || found.getLast() != each)) {
          found.add(each);
        }
      }
    }
    return new Found(found.isEmpty() ? Way.NOTHING : Way.ALIKE, found);
  }

  private static Set<String> words(String template) {
    Set<String> words = new HashSet<>();
    Matcher word = WORD.matcher(template);
    while (word.find()) {
      words.add(word.group().toLowerCase(Locale.ROOT));
    }
    return words;
  }

  private static double share(Set<String> a, Set<String> b) {
    int same = 0;
    for (String each : a) {
      same += b.contains(each) ? 1 : 0;
    }
    return (double) same / (a.size() + b.size() - same);
  }

  /**
   * The last exception that the text names is the one that was thrown; when it never was before,
   * any that a command threw.
   */
  private static Found byException(String text, List<ErrorFact> all) {
    String last = "";
    Matcher exception = EXCEPTION.matcher(Fact.head(text, MOST_LINES * 100));
    while (exception.find()) {
      last = exception.group(1);
    }
    String thrown = last;
    if (thrown.isEmpty()) {
      return new Found(Way.NOTHING, List.of());
    }
    Found found = where(Way.EXCEPTION, all, each -> each.errorType().equals(thrown));
    return found.errors().isEmpty()
        ? where(Way.EXCEPTION, all, each -> each.isException() && !each.program().isEmpty())
        : found;
  }

  private static Found byPlace(String text, List<ErrorFact> all) {
    for (String line : text.split("[\\r\\n]+", MOST_LINES)) {
      if (DIAGNOSTIC.matcher(Fact.head(line.strip(), LONGEST_LINE)).matches()) {
        return where(
            Way.DIAGNOSTIC,
            all,
            each ->
                each.isVague()
                    && (CheckCommands.is(each.program())
                        || DIAGNOSTIC.matcher(each.message()).matches()));
      }
    }
    return new Found(Way.NOTHING, List.of());
  }
}
