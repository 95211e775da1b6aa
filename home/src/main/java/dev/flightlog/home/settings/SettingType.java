package dev.flightlog.home.settings;

import java.net.URI;
import java.net.URISyntaxException;
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
  CONTENT("full, head, none or home", Set.of("full", "head", "none", "home")::contains),
  /** Above 0. */
  POSITIVE("a whole number above 0", value -> isWhole(value) && Integer.parseInt(value) > 0),
  WHOLE("a whole number, 0 or more", SettingType::isWhole),
  PORT("a port from 0 to 65535", value -> isWhole(value) && Integer.parseInt(value) <= 65_535),
  /** US dollars; 0 for no limit. */
  AMOUNT("an amount of US dollars such as 12.50, or 0", SettingType::isAmount),
  PERCENT(
      "a whole number from 0 to 100", value -> isWhole(value) && Integer.parseInt(value) <= 100),
  /** Shown nowhere. */
  SECRET("a text", value -> true),
  /** Shown nowhere. */
  SECRET_URL("a whole address such as https://example.org/hook", SettingType::isUrl),
  ADDRESS(
      "an e-mail address", value -> value.isEmpty() || value.matches("[^\\s@<>,]+@[^\\s@<>,]+")),
  ADDRESSES("e-mail addresses, with commas", SettingType::areAddresses),
  MAIL_SERVER(
      "a name and a port such as smtp.example.org:587",
      value -> value.matches("|[A-Za-z0-9.-]+:[0-9]{1,5}")),
  MAIL_SECURITY("starttls, tls or none", Set.of("starttls", "tls", "none")::contains),
  QUIET_HOURS(
      "hours such as 22:00-07:00",
      value -> value.matches("|([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]")),
  GUARD("off or stop", Set.of("off", "stop")::contains),
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

  /** True when {@code config.json} may also have a list of texts. */
  boolean isList() {
    return this == LIST || this == ADDRESSES;
  }

  /** True when no message may show the value. */
  boolean isSecret() {
    return this == SECRET || this == SECRET_URL;
  }

  private static boolean isAmount(String value) {
    return value.matches("[0-9]{1,9}(\\.[0-9]{1,6})?");
  }

  private static boolean isUrl(String value) {
    try {
      URI uri = new URI(value);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      return value.isEmpty() || web && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean areAddresses(String value) {
    for (String each : value.split(",", -1)) {
      if (!ADDRESS.accepts(each.strip())) {
        return false;
      }
    }
    return true;
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
