package dev.flightlog.cli.arguments;

import dev.flightlog.wording.Nearest;
import dev.flightlog.wording.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one command takes, defined once; help, manual and reading of its words come from it.
 * Immutable.
 *
 * @param name how it is called
 * @param meaning what it does, a paragraph
 * @param argument what stands for its arguments in help; empty when it takes none
 * @param least the fewest arguments
 * @param most the most arguments
 * @param examples commands that could be typed
 */
public record Syntax(
    String name,
    String meaning,
    String argument,
    int least,
    int most,
    List<Option> options,
    List<String> examples) {
  /** How wide help is where no terminal says otherwise. */
  public static final int WIDTH = 100;

  /** What a name of a file or folder is called; Java takes an empty one for the current folder. */
  private static final Set<String> PATHS = Set.of("PATH", "DIR", "FILE", "FOLDER");

  private static final String NO_PATH = ": the current folder is '.'";

  /** What every command takes. */
  private static final List<Option> EVERYWHERE =
      List.of(
          Option.text(
              "--home",
              "DIR",
              "where Flightlog keeps everything (FLIGHTLOG_HOME, else ~/.flightlog)"),
          Option.text(
              "--format",
              "text|json|csv",
              "text for people and agents, json and csv for programs (text)"),
          Option.flag("--help", "explain, with an example").or("-h"));

  public Syntax {
    options = List.copyOf(options);
    examples = List.copyOf(examples);
  }

  public static Syntax of(String name, String meaning) {
    return new Syntax(name, meaning, "", 0, 0, List.of(), List.of());
  }

  /** Takes from {@code fewest} to {@code atMost} arguments. */
  public Syntax takes(String label, int fewest, int atMost) {
    return new Syntax(name, meaning, label, fewest, atMost, options, examples);
  }

  public Syntax with(Option... more) {
    return with(List.of(more));
  }

  public Syntax with(List<Option> more) {
    List<Option> all = new ArrayList<>(options);
    all.addAll(more);
    return new Syntax(name, meaning, argument, least, most, all, examples);
  }

  public Syntax example(String... commands) {
    return new Syntax(name, meaning, argument, least, most, options, List.of(commands));
  }

  /**
   * True when this word is one of the options that every command takes and needs a value behind it.
   */
  public static boolean takesValueEverywhere(String word) {
    return EVERYWHERE.stream()
        .anyMatch(option -> option.kind() != Option.Kind.FLAG && option.isCalled(word));
  }

  /** The value that an option is given first among the words of a call, read loosely; or null. */
  public static @Nullable String valueOf(String option, List<String> words) {
    for (int i = 0; i < words.size() && !words.get(i).equals("--"); i++) {
      String word = words.get(i);
      if (word.equals(option) && i + 1 < words.size()) {
        return words.get(i + 1);
      }
      if (word.startsWith(option + "=")) {
        return word.substring(option.length() + 1);
      }
    }
    return null;
  }

  /**
   * Reads the words behind the command's name. {@code --option=value} and {@code --option value}
   * are the same; behind {@code --} everything is an argument.
   *
   * @throws UsageException when a word is unknown, missing, or too much
   */
  public Arguments read(List<String> given) {
    Arguments words = new Arguments();
    boolean onlyArguments = false;
    for (int i = 0; i < given.size(); i++) {
      String word = given.get(i);
      if (onlyArguments || word.length() < 2 || word.charAt(0) != '-') {
        words.addArgument(word);
      } else if (word.equals("--")) {
        onlyArguments = true;
      } else {
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        Option option = named(equals < 0 ? word : word.substring(0, equals));
        String value = null;
        if (option.kind() != Option.Kind.FLAG) {
          if (equals < 0 && i + 1 == given.size()) {
            throw wrong(option.name() + " needs a value: " + option.usage());
          }
          value = equals < 0 ? given.get(++i) : word.substring(equals + 1);
        } else if (equals >= 0) {
          throw wrong(option.name() + " takes no value");
        }
        set(words, option, value);
      }
    }
    if (!words.flag("--help")) {
      checkArguments(words.arguments());
    }
    return words;
  }

  private void set(Arguments words, Option option, @Nullable String value) {
    if (option.kind() == Option.Kind.NUMBER && value != null && !value.matches("-?\\d{1,9}")) {
      throw wrong(
          option.name() + " takes a whole number, not '" + SafeText.shortened(value, 40) + "'");
    }
    if (value != null && value.isBlank() && PATHS.contains(option.label())) {
      throw wrong(option.name() + " is empty, which names no " + option.label() + NO_PATH);
    }
    words.set(option, value == null ? "true" : value);
  }

  private void checkArguments(List<String> arguments) {
    if (arguments.size() < least) {
      throw wrong("'" + name + "' needs " + argument);
    }
    if (PATHS.contains(argument.replace(".", "")) && arguments.stream().anyMatch(String::isBlank)) {
      throw wrong("a " + argument.replace(".", "") + " of '" + name + "' is empty" + NO_PATH);
    }
    if (arguments.size() > most) {
      String extra = SafeText.shortened(arguments.get(most), 40);
      throw wrong(
          "'"
              + name
              + "' has no place for '"
              + extra
              + "'"
              + (most > 0 ? "; quote a text with blanks" : ""));
    }
  }

  private Option named(String word) {
    List<String> names = new ArrayList<>();
    for (List<Option> some : List.of(options, EVERYWHERE)) {
      for (Option option : some) {
        if (option.isCalled(word)) {
          return option;
        }
        names.add(option.name());
      }
    }
    List<String> nearest = Nearest.to(word, names, 1);
    throw wrong(
        "'"
            + name
            + "' has no option '"
            + SafeText.shortened(word, 40)
            + "'"
            + (nearest.isEmpty() ? "" : "; did you mean '" + nearest.getFirst() + "'?"));
  }

  private UsageException wrong(String message) {
    return new UsageException(message + "\n  see: flightlog " + name + " --help");
  }

  /** The explanation that {@code --help} prints, {@value #WIDTH} wide. */
  public String help() {
    return help(WIDTH);
  }

  /** The explanation that {@code --help} prints, in lines of so many places. */
  public String help(int width) {
    StringBuilder out = new StringBuilder("Usage: flightlog ").append(name);
    out.append(argument.isEmpty() ? "" : " " + argument)
        .append(options.isEmpty() ? "" : " [options]")
        .append('\n');
    wrap(out, meaning, 0, width);
    out.append('\n');
    int column = 0;
    for (Option option : allOptions()) {
      column = Math.max(column, option.usage().length() + 4);
    }
    for (Option option : allOptions()) {
      out.append("  ")
          .append(option.usage())
          .append(" ".repeat(column - option.usage().length() - 2));
      wrap(out, option.meaning(), column, width);
    }
    out.append("\nExample:\n");
    examples.forEach(example -> out.append("  ").append(example).append('\n'));
    return out.toString();
  }

  /** The first sentence of the meaning. */
  public String summary() {
    int end = meaning.indexOf(". ");
    return end < 0 ? meaning : meaning.substring(0, end + 1);
  }

  /** What every command takes. */
  public static List<Option> everywhere() {
    return EVERYWHERE;
  }

  /**
   * Words with their meanings, wrapped in lines of so many places, each behind the other words.
   *
   * @param words in turn with their meanings
   */
  public static String list(List<String> words, int width) {
    int column = 0;
    for (int i = 0; i < words.size(); i += 2) {
      column = Math.max(column, words.get(i).length() + 2);
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < words.size(); i += 2) {
      out.append(words.get(i)).append(" ".repeat(column - words.get(i).length()));
      wrap(out, words.get(i + 1), column, width);
    }
    return out.toString();
  }

  /** Its own options, then those that every command takes. */
  public List<Option> allOptions() {
    List<Option> all = new ArrayList<>(options);
    all.addAll(EVERYWHERE);
    return all;
  }

  private static void wrap(StringBuilder out, String text, int indent, int width) {
    int used = indent;
    boolean first = true;
    for (String word : text.split(" ")) {
      if (!first && used + 1 + word.length() > width) {
        out.append('\n').append(" ".repeat(indent));
        used = indent;
        first = true;
      }
      out.append(first ? "" : " ").append(word);
      used += word.length() + (first ? 0 : 1);
      first = false;
    }
    out.append('\n');
  }
}
