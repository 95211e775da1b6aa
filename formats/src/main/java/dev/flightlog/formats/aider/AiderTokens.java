package dev.flightlog.formats.aider;

import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.usage.Usage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The line in which Aider tells what a response used, such as {@code Tokens: 4.5k sent, 1.2k cache
 * hit, 429 received. Cost: $0.02 message, $0.05 session.} Sent includes what was cached. Stateless.
 */
final class AiderTokens {
  private static final Pattern COUNT =
      Pattern.compile("([0-9][0-9.,]*)([kM]?) (sent|cache write|cache hit|received)");
  private static final Pattern COST = Pattern.compile("Cost: \\$([0-9.]+) message");

  private AiderTokens() {}

  static Occurrence.@Nullable ModelAnswered answered(
      String line, String key, @Nullable String model, Origin origin) {
    if (!line.startsWith("Tokens: ")) {
      return null;
    }
    long sent = 0;
    long written = 0;
    long hit = 0;
    long received = 0;
    Matcher count = COUNT.matcher(line);
    while (count.find()) {
      long tokens = tokens(count.group(1), count.group(2));
      switch (count.group(3)) {
        case "sent" -> sent = tokens;
        case "cache write" -> written = tokens;
        case "cache hit" -> hit = tokens;
        default -> received = tokens;
      }
    }
    Matcher cost = COST.matcher(line);
    double told = cost.find() ? number(cost.group(1)) : 0;
    Usage usage = Usage.ofInclusive(sent, received, hit, written);
    return usage.total() == 0
        ? null
        : new Occurrence.ModelAnswered(
            origin, key, model, usage, told > 0 ? told : Double.NaN, null, 0);
  }

  private static long tokens(String digits, String unit) {
    double factor = unit.equals("k") ? 1_000 : unit.equals("M") ? 1_000_000 : 1;
    return Math.round(number(digits.replace(",", "")) * factor);
  }

  private static double number(String digits) {
    try {
      return Double.parseDouble(digits.endsWith(".") ? digits + "0" : digits);
    } catch (NumberFormatException unreadable) {
      return 0;
    }
  }
}
