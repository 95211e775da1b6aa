package dev.flightlog.analysis.arguments;

import dev.flightlog.wording.Nearest;
import dev.flightlog.wording.SafeText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that may be given by name: an option of the command line, a parameter of HTTP and a
 * property of a tool's schema are made from it. Immutable.
 *
 * @param name as in calls by name: {@code max_tokens}
 * @param label what stands for its value: {@code N}
 * @param meaning half a sentence
 * @param choices the only values of a {@link Kind#CHOICE}; else empty
 */
public record NamedArgument(
    String name, String label, Kind kind, String meaning, List<String> choices) {

  /** What it takes. */
  public enum Kind {
    /** Any text. */
    TEXT,
    /** A whole number from 1 to {@link #MOST}. */
    WHOLE,
    /** One of a few words. */
    CHOICE,
    /** {@code true} or {@code false}; the option alone is true. */
    FLAG
  }

  /** The largest number that may be given. */
  public static final int MOST = 1_000_000;

  public NamedArgument {
    choices = List.copyOf(choices);
  }

  static NamedArgument text(String name, String label, String meaning) {
    return new NamedArgument(name, label, Kind.TEXT, meaning, List.of());
  }

  static NamedArgument whole(String name, String meaning) {
    return new NamedArgument(name, "N", Kind.WHOLE, meaning, List.of());
  }

  static NamedArgument choice(String name, String label, String meaning, List<String> words) {
    return new NamedArgument(
        name, label, Kind.CHOICE, meaning + ": " + String.join(", ", words), words);
  }

  static NamedArgument flag(String name, String meaning) {
    return new NamedArgument(name, "", Kind.FLAG, meaning, List.of());
  }

  /** As an option of the command line. */
  public String option() {
    return "--" + name.replace('_', '-');
  }

  /** Where values come from: null or blank when there is none for an argument. */
  public interface Values extends Function<NamedArgument, @Nullable String> {}

  @Nullable String textOf(Values values) {
    String given = values.apply(this);
    return given == null || given.isBlank() ? null : given;
  }

  /**
   * @throws QuestionException when it is no whole number in the range
   */
  @Nullable Integer wholeOf(Values values, Reader reader) {
    String given = textOf(values);
    if (given == null) {
      return null;
    }
    try {
      long number = new BigDecimal(given.strip()).longValueExact();
      if (number >= 1 && number <= MOST) {
        return (int) number;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Told below.
    }
    throw wrong(given, reader, "a whole number from 1 to " + MOST);
  }

  /**
   * A number that is a name, such as that of a step.
   *
   * @throws QuestionException when it is no whole number from 0
   */
  @Nullable Long numberOf(Values values, Reader reader) {
    String given = textOf(values);
    if (given == null) {
      return null;
    }
    try {
      long number = new BigDecimal(given.strip()).longValueExact();
      if (number >= 0) {
        return number;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Told below.
    }
    throw wrong(given, reader, "a whole number from 0");
  }

  /**
   * @throws QuestionException when it is none of the choices
   */
  @Nullable String choiceOf(Values values, Reader reader) {
    String given = textOf(values);
    if (given == null) {
      return null;
    }
    String word = given.strip().toLowerCase(Locale.ROOT);
    if (choices.contains(word)) {
      return word;
    }
    List<String> nearest = Nearest.to(word, choices, 1);
    throw wrong(
        given,
        reader,
        "one of "
            + String.join(", ", choices)
            + (nearest.isEmpty() ? "" : " (did you mean " + nearest.getFirst() + "?)"));
  }

  /**
   * @throws QuestionException when it is neither true nor false
   */
  boolean flagOf(Values values, Reader reader) {
    String given = textOf(values);
    if (given == null || given.strip().equalsIgnoreCase("false")) {
      return false;
    }
    if (given.strip().equalsIgnoreCase("true")) {
      return true;
    }
    throw wrong(given, reader, "true or false");
  }

  private QuestionException wrong(String given, Reader reader, String expected) {
    return new QuestionException(
        reader.option(name).strip()
            + " is "
            + expected
            + ", not '"
            + SafeText.shortened(given, 40)
            + "'");
  }
}
