package dev.flightlog.alerts.budget;

import dev.flightlog.analysis.ask.Period;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What may be spent in a period.
 *
 * @param project null for all work together
 * @param usd US dollars; null without such a limit
 * @param tokens of all kinds, cached ones too; null without such a limit
 */
public record Budget(
    @Nullable String project, Period period, @Nullable Double usd, @Nullable Long tokens) {
  private static final double MOST_DOLLARS = 1e9;

  /**
   * @throws BudgetException when there is no limit, or one that is none
   */
  public Budget {
    if (usd == null && tokens == null) {
      throw new BudgetException("a budget has a limit in usd, in tokens, or both");
    }
    if (usd != null && !(usd > 0 && usd <= MOST_DOLLARS)) {
      throw new BudgetException("usd is an amount of US dollars above 0, not " + usd);
    }
    if (tokens != null && tokens <= 0) {
      throw new BudgetException("tokens is a whole number above 0, not " + tokens);
    }
    if (project != null && project.isBlank()) {
      throw new BudgetException("the name of a project is not empty");
    }
  }

  /** The period with this name. */
  public static Optional<Period> period(String name) {
    for (Period period : Period.values()) {
      if (word(period).equals(name)) {
        return Optional.of(period);
      }
    }
    return Optional.empty();
  }

  /** {@code day}, {@code week} or {@code month}. */
  public static String word(Period period) {
    return period.name().toLowerCase(Locale.ROOT);
  }

  /** True when both limit the same. */
  boolean isOfTheSame(@Nullable String otherProject, Period otherPeriod) {
    return period == otherPeriod
        && (project == null ? otherProject == null : project.equals(otherProject));
  }

  /** As the file has it. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    if (project != null) {
      json.put("project", project);
    }
    json.put("period", word(period));
    if (usd != null) {
      json.put("usd", usd);
    }
    if (tokens != null) {
      json.put("tokens", tokens);
    }
    return json;
  }
}
