package dev.flightlog.cli;

import dev.flightlog.wording.Screen;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is known of the terminal. Stateless. */
final class Terminal {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,5}) ([0-9]{1,5})");
  private static final int ROWS = 24;
  private static final int COLUMNS = 80;

  private Terminal() {}

  /**
   * The screen that standard output is.
   *
   * @param told lines and columns, as {@code stty size} tells them; empty when a terminal does not
   *     tell its size; null when standard output is none
   */
  static @Nullable Screen screen(@Nullable String told, Map<String, String> environment) {
    if (told == null) {
      return null;
    }
    Matcher size = SIZE.matcher(told.strip());
    boolean known = size.matches();
    int rows = known ? Integer.parseInt(size.group(1)) : 0;
    int columns = known ? Integer.parseInt(size.group(2)) : 0;
    return new Screen(
        columns > 0 ? columns : number(environment.get("COLUMNS"), COLUMNS),
        rows > 0 ? rows : number(environment.get("LINES"), ROWS),
        isColoured(environment));
  }

  /** NO_COLOR, when it is not empty, forbids colours; a terminal without them says so. */
  private static boolean isColoured(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  private static int number(@Nullable String text, int otherwise) {
    return text != null && text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : otherwise;
  }
}
