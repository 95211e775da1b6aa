package dev.flightlog.formats.reading;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Occurrence.ModelAnswered;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.usage.Billing;
import dev.flightlog.formats.usage.ModelNames;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.formats.usage.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings the responses of a run into line with the totals that the run tells about itself, which
 * win: what the responses lack is added to the last one of that model, or becomes a response of its
 * own where none was shown; a cost that is told is spread over them. Not thread-safe.
 */
public final class RunTotals {
  private static final int MOST = 2000;

  private final Prices prices;
  private final Map<String, Step> steps = new LinkedHashMap<>();

  /** Tokens that runs told and that their steps lacked. */
  private long beyondSteps;

  /** How many runs of the same session have begun before this one. */
  private long ordinal;

  private record Step(
      Origin origin, @Nullable String model, Usage usage, double costUsd, long ordinal) {}

  /**
   * What a run tells of one model.
   *
   * @param costUsd NaN when not told
   */
  public record Told(Usage usage, double costUsd) {}

  /** Shares of a cost go by these prices. */
  public RunTotals(Prices prices) {
    this.prices = prices;
  }

  /** A response of the run, or a larger report of one. */
  public void step(ModelAnswered answer) {
    Step known = steps.get(answer.key());
    if (known == null && steps.size() >= MOST) {
      return;
    }
    if (known == null || answer.usage().total() >= known.usage.total()) {
      Origin origin = known == null ? answer.origin() : known.origin;
      steps.put(
          answer.key(),
          new Step(origin, answer.model(), answer.usage(), answer.costUsd(), ordinal));
    }
  }

  /** Another session begins. */
  public void clear() {
    steps.clear();
    ordinal = 0;
  }

  /** Another run of the same session begins; what it tells may be of all runs before, too. */
  public void next() {
    ordinal++;
  }

  /**
   * The run has told its totals, model by model.
   *
   * @param run what makes the key of a response that was not shown
   */
  public void settle(Origin origin, String run, Map<String, Told> told, Occurrence.Sink out) {
    told.forEach((model, total) -> settle(origin, run, model, total, out));
  }

  private void settle(Origin origin, String run, String model, Told total, Occurrence.Sink out) {
    List<String> keys = new ArrayList<>();
    List<String> all = new ArrayList<>();
    Usage shown = Usage.NONE;
    Usage shownByAll = Usage.NONE;
    String folded = ModelNames.of(model);
    for (Map.Entry<String, Step> entry : steps.entrySet()) {
      Step step = entry.getValue();
      if (step.model != null && ModelNames.of(step.model).equals(folded)) {
        all.add(entry.getKey());
        shownByAll = shownByAll.plus(step.usage);
        if (step.ordinal == ordinal) {
          keys.add(entry.getKey());
          shown = shown.plus(step.usage);
        }
      }
    }
    // Input is told exactly by each response: a total that holds that of all runs is one of all.
    if (all.size() > keys.size() && total.usage.context() >= shownByAll.context()) {
      keys = all;
      shown = shownByAll;
    }
    Usage rest = total.usage.minus(shown);
    beyondSteps += rest.total();
    if (keys.isEmpty()) {
      if (rest.total() > 0 || total.costUsd > 0) {
        String key = "model_call:run:" + run + ":" + model;
        put(key, new Step(origin, model, total.usage, total.costUsd, ordinal), out);
      }
      return;
    }
    String last = keys.getLast();
    Step ending = steps.get(last);
    if (ending != null && rest.total() + rest.webSearches() > 0) {
      Usage whole = ending.usage.plus(rest);
      steps.put(last, new Step(ending.origin, ending.model, whole, ending.costUsd, ending.ordinal));
    }
    spread(keys, total.costUsd, out);
  }

  /** The run has told only what all of it cost. */
  public void settle(double costUsd, Occurrence.Sink out) {
    List<String> keys = new ArrayList<>();
    steps.forEach((key, step) -> {
      if (step.ordinal == ordinal) {
        keys.add(key);
      }
    });
    spread(keys, costUsd, out);
  }

  /** How many responses the run has shown. */
  public int size() {
    return steps.size();
  }

  private void spread(List<String> keys, double costUsd, Occurrence.Sink out) {
    double[] weights = new double[keys.size()];
    double all = 0;
    boolean priced = true;
    for (int i = 0; i < weights.length; i++) {
      Step step = step(keys.get(i));
      weights[i] = prices.cost(step.model, step.usage);
      priced &= !Double.isNaN(weights[i]);
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = priced ? weights[i] : step(keys.get(i)).usage.total();
      all += weights[i];
    }
    double given = 0;
    for (int i = 0; i < weights.length; i++) {
      Step step = step(keys.get(i));
      double share =
          Double.isNaN(costUsd)
              ? step.costUsd
              : i == weights.length - 1
                  ? costUsd - given
                  : nanos(all == 0 ? 0 : costUsd * weights[i] / all);
      given += share;
      put(keys.get(i), new Step(step.origin, step.model, step.usage, share, step.ordinal), out);
    }
  }

  private static double nanos(double dollars) {
    return Math.round(dollars * 1e9) / 1e9;
  }

  private Step step(String key) {
    return java.util.Objects.requireNonNull(steps.get(key));
  }

  private void put(String key, Step step, Occurrence.Sink out) {
    steps.put(key, step);
    out.take(new ModelAnswered(step.origin, key, step.model, step.usage, step.costUsd, null, 0));
  }

  /** Writes the responses of the run, for {@link #restore}. */
  public void save(JsonWriter state) {
    if (beyondSteps > 0) {
      state.key("beyond_steps").number(beyondSteps);
    }
    if (steps.isEmpty()) {
      return;
    }
    state.key("run").number(ordinal).key("steps").beginArray();
    steps.forEach((key, step) -> {
      Usage used = step.usage;
      state.beginArray().string(key).value(step.model).number(step.origin.time());
      state.value(step.origin.of().session()).value(step.origin.of().agent());
      state.number(used.input()).number(used.output()).number(used.cacheRead());
      state.number(used.cacheWrite()).number(used.cacheWrite1h()).number(used.webSearches());
      state.number(step.ordinal).endArray();
    });
    state.endArray();
  }

  /** Goes on from a saved state. */
  public void restore(Map<String, @Nullable Object> state) {
    beyondSteps = number(state.get("beyond_steps"));
    ordinal = number(state.get("run"));
    if (!(state.get("steps") instanceof List<?> saved)) {
      return;
    }
    for (Object each : saved) {
      if (each instanceof List<?> row && row.size() == 12) {
        Attribution of = Attribution.of(text(row.get(3)), null, null, text(row.get(4)));
        Usage usage =
            new Usage(
                number(row.get(5)),
                number(row.get(6)),
                number(row.get(7)),
                number(row.get(8)),
                number(row.get(9)),
                number(row.get(10)),
                Billing.STANDARD);
        Origin origin = new Origin(number(row.get(2)), false, of, 0, 0);
        steps.put(
            String.valueOf(row.get(0)),
            new Step(origin, text(row.get(1)), usage, Double.NaN, number(row.get(11))));
      }
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }
}
