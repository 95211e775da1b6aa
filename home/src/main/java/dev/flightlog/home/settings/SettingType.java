package dev.flightlog.home.settings;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Predicate;

/** What the value of a setting must be. */
public enum SettingType {
  TEXT("a text", value -> true),
  /** Texts, with commas between them; in {@code config.json} also a list. */
  LIST("a list of texts", value -> true),
  BOOLEAN("true or false", Set.of("true", "false")::contains),
  ALWAYS_TRUE("true, and nothing else: the recorder has no other mode", "true"::equals),
  CONTENT("full, head or none", Set.of("full", "head", "none")::contains),
  /** Above 0. */
  POSITIVE("a whole number above 0", value -> isWhole(value) && Integer.parseInt(value) > 0),
  WHOLE("a whole number, 0 or more", SettingType::isWhole),
  PORT("a port from 0 to 65535", value -> isWhole(value) && Integer.parseInt(value) <= 65_535),
  FACTOR("a number from 1 to 100", SettingType::isFactor),
  SCHEDULE("weekly or off", Set.of("weekly", "off")::contains),
  WEEKDAY(
      "a day of the week in English",
      Set.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
          ::contains),
  TIME_OF_DAY("a time such as 23:00", value -> value.matches("([01][0-9]|2[0-3]):[0-5][0-9]")),
  /** How rules get into instruction files. */
  CONSENT("review, trial or direct", Set.of("review", "trial", "direct")::contains),
  /** The name of a time zone; empty for the system's. */
  ZONE("a time zone such as Europe/Berlin, +02:00 or UTC", SettingType::isZone);

  private final String description;
  private final Predicate<String> accepted;

  SettingType(String description, Predicate<String> accepted) {
    this.description = description;
    this.accepted = accepted;
  }

  /** In a sentence: the setting is … */
  public String description() {
    return description;
  }

  /** True when this text is such a value. */
  public boolean accepts(String value) {
    return accepted.test(value);
  }

  private static boolean isWhole(String value) {
    return !value.isEmpty()
        && value.length() <= 9
        && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isZone(String value) {
    try {
      return value.isEmpty() || ZoneId.of(value).getId().length() > 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isFactor(String value) {
    try {
      double number = Double.parseDouble(value);
      return number >= 1 && number <= 100;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
