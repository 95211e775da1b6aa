package dev.flightlog.cli.arguments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words that were given to a command, by name and by position. Filled by {@link Syntax#read}.
 */
public final class Arguments {
  private final Map<String, List<String>> values = new HashMap<>();
  private final List<String> arguments = new ArrayList<>();

  Arguments() {}

  void addArgument(String word) {
    arguments.add(word);
  }

  void set(Option option, String value) {
    List<String> all = values.computeIfAbsent(option.name(), name -> new ArrayList<>());
    if (option.kind() != Option.Kind.MANY) {
      all.clear();
    }
    all.add(value);
  }

  /** What stands by position. */
  public List<String> arguments() {
    return Collections.unmodifiableList(arguments);
  }

  /** The value of an option, the last one when it was repeated; or null. */
  public @Nullable String text(String option) {
    List<String> all = values.get(option);
    return all == null ? null : all.getLast();
  }

  /** All values of an option, in order. */
  public List<String> texts(String option) {
    return values.getOrDefault(option, List.of());
  }

  public boolean flag(String option) {
    return values.containsKey(option);
  }

  /** The value of a NUMBER option, or null. */
  public @Nullable Integer number(String option) {
    String text = text(option);
    return text == null ? null : Integer.valueOf(text);
  }
}
