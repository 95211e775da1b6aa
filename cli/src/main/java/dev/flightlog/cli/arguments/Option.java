package dev.flightlog.cli.arguments;

import org.jspecify.annotations.Nullable;

/**
 * Something that may be given by name.
 *
 * @param name with its dashes: {@code --since}
 * @param brief a second, short name: {@code -f}; or null
 * @param label what stands for its value in help; empty for a flag
 */
public record Option(String name, @Nullable String brief, Kind kind, String label, String meaning) {
  /** What an option takes. */
  public enum Kind {
    /** Nothing. */
    FLAG,
    TEXT,
    /** A whole number. */
    NUMBER,
    /** A text; the option may be given again. */
    MANY
  }

  public static Option flag(String name, String meaning) {
    return new Option(name, null, Kind.FLAG, "", meaning);
  }

  public static Option text(String name, String label, String meaning) {
    return new Option(name, null, Kind.TEXT, label, meaning);
  }

  public static Option number(String name, String label, String meaning) {
    return new Option(name, null, Kind.NUMBER, label, meaning);
  }

  public static Option many(String name, String label, String meaning) {
    return new Option(name, null, Kind.MANY, label, meaning);
  }

  /** The same with a short name. */
  public Option or(String shortName) {
    return new Option(name, shortName, kind, label, meaning);
  }

  boolean isCalled(String word) {
    return word.equals(name) || word.equals(brief);
  }

  /** How it is written, with its short name and what it takes. */
  public String usage() {
    return (brief == null ? "" : brief + ", ") + name + (label.isEmpty() ? "" : " " + label);
  }
}
