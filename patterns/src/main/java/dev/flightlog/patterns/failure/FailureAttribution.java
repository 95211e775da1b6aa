package dev.flightlog.patterns.failure;

import dev.flightlog.patterns.failure.Evidence.Kind;
import dev.flightlog.wording.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What speaks for the steps of a run that failed, and which one is named:
 *
 * <pre>
 *   request ──▶ step 0 ──▶ step 1 ──▶ … ──▶ last words
 *      │  few words in common: GOAL      │
 *      └ given values                    └ answer's values, followed back to who first had them: ANSWER
 *              between: assumed data, claims without a tool, failures not made good
 * </pre>
 *
 * <p>Only work on another task than the one asked for names a step: it alone was right more often
 * than chance on runs that people had labelled (see decision 0034). All else is listed and names
 * nobody. Nothing is said against a run that ended well by its own record, or of which nothing
 * shows that it failed. Deterministic and stateless.
 */
public final class FailureAttribution {
  /** A request with fewer words says too little to miss it. */
  private static final int FEW_WORDS = 5;

  private static final double SAME_GOAL = 0.4;
  private static final int CHARACTERS = 20_000;

  private static final Pattern ASSUMED =
      Pattern.compile(
          "(?i)\\b(assum(?:e|ing|ed)|simulat(?:e|ed|ing|ion)|hypothetical|mock|placeholder|dummy"
              + "|fictional|made[- ]up|for demonstration|sample data|example data"
              + "|for the sake of)\\b");

  private final Trajectory run;
  private final List<TrajectoryStep> acting;
  private final List<Evidence> evidence = new ArrayList<>();
  private final Map<Long, Double> weights = new TreeMap<>();

  /**
   * What was found.
   *
   * @param step the blamed one, or null when it cannot tell
   * @param reason why it cannot tell; empty when it can
   * @param evidence all of it, that against the blamed step first, else by weight
   */
  public record Finding(
      @Nullable Long step, @Nullable String agent, String reason, List<Evidence> evidence) {}

  private FailureAttribution(Trajectory run) {
    this.run = run;
    this.acting = run.acting();
  }

  /** Attributes the failure of a run. */
  public static Finding of(Trajectory run) {
    return new FailureAttribution(run).find();
  }

  private Finding find() {
    if (acting.isEmpty()) {
      return unknown("no step of an agent was recorded");
    }
    if (Boolean.TRUE.equals(run.succeeded())) {
      return unknown("by its own record the run ended well");
    }
    if (run.succeeded() == null) {
      failures();
      return unknown(
          run.failedCalls() == 0
              ? "nothing shows that it failed"
              : "nothing shows that the whole failed; what was not made good is listed");
    }
    goal();
    if (!evidence.isEmpty()) {
      TrajectoryStep first = acting.getFirst();
      return new Finding(first.number(), first.agent(), "", sorted(first.number()));
    }
    answer();
    assumed();
    claims();
    failures();
    return unknown(
        evidence.isEmpty() ? "no step stands out" : "what was seen is listed, and proves nothing");
  }

  private Finding unknown(String reason) {
    return new Finding(null, null, reason, sorted(-1));
  }

  private List<Evidence> sorted(long first) {
    List<Evidence> all = new ArrayList<>(evidence);
    all.sort(
        Order.comparing((Evidence each) -> each.step() != first)
            .thenComparing(each -> -weights.getOrDefault(each.step(), 0.0))
            .thenComparing(Evidence::step)
            .thenComparing(each -> -each.weight()));
    return all;
  }

  private void add(long step, Kind kind, double weight, String text) {
    evidence.add(new Evidence(step, kind, weight, text));
    weights.merge(step, weight, Double::sum);
  }

  /** What the first step hands over must be the task that was asked for. */
  private void goal() {
    Set<String> asked = MentionedValues.words(run.request());
    TrajectoryStep first = acting.getFirst();
    if (asked.size() < FEW_WORDS || first.said().isEmpty() || run.agents().size() < 2) {
      return;
    }
    Set<String> kept = new HashSet<>(asked);
    kept.retainAll(MentionedValues.words(first.said()));
    if (kept.size() < SAME_GOAL * asked.size()) {
      add(
          first.number(),
          Kind.GOAL,
          3,
          "works on another task: shares "
              + kept.size()
              + " of "
              + asked.size()
              + " words with the request");
    }
  }

  /** A value, where it was first read or said, and whose doing that was. */
  private record Source(long place, long step) {}

  /** Follows each value of the last words back to the step that first had it. */
  private void answer() {
    TrajectoryStep last = acting.getLast();
    TrajectoryStep first = acting.getFirst();
    Set<String> asked = MentionedValues.of(run.request());
    Map<String, Source> sources = sources(first, last);
    Set<String> told = new LinkedHashSet<>(last.values());
    told.removeAll(asked);
    Map<Long, Double> shares = new LinkedHashMap<>();
    Map<Long, String> shown = new HashMap<>();
    double all = 0;
    for (String value : told) {
      Source source = sources.get(value);
      boolean tiny = MentionedValues.isNumber(value) && value.length() < 2 && told.size() > 3;
      if (source != null && !tiny) {
        double weight = value.length() > 3 ? 2 : 1;
        all += weight;
        shares.merge(source.step(), weight, Double::sum);
        shown.merge(
            source.step(), value, (had, more) -> had.length() < 60 ? had + ", " + more : had);
      }
    }
    for (Map.Entry<Long, Double> share : shares.entrySet()) {
      String values = shown.getOrDefault(share.getKey(), "");
      add(
          share.getKey(),
          Kind.ANSWER,
          2 * share.getValue() / all,
          "the answer's values come from here: " + values);
    }
  }

  /** The values that stood anywhere before the last step; what the request handed over is given. */
  private Map<String, Source> sources(TrajectoryStep first, TrajectoryStep last) {
    Map<String, Source> sources = new HashMap<>();
    for (TrajectoryStep step : acting) {
      if (step.number() >= last.number()) {
        break;
      }
      if (step != first) {
        met(sources, step.values(), 2 * step.number(), step);
      }
      for (TrajectoryStep.Call call : step.calls()) {
        if (call.answeredAt() < last.number()) {
          met(sources, step.values(call), 2 * call.answeredAt() + 1, step);
        }
      }
    }
    return sources;
  }

  private static void met(
      Map<String, Source> sources, Set<String> values, long place, TrajectoryStep step) {
    for (String value : values) {
      Source before = sources.get(value);
      if (before == null || place < before.place()) {
        sources.put(value, new Source(place, step.number()));
      }
    }
  }

  private void assumed() {
    for (TrajectoryStep step : acting.subList(1, acting.size())) {
      String said = step.said();
      Matcher word = ASSUMED.matcher(said.substring(0, Math.min(said.length(), CHARACTERS)));
      if (word.find()) {
        add(step.number(), Kind.ASSUMED, 1, "works with data it makes up: '" + word.group() + "'");
        return;
      }
    }
  }

  /** The first step that states several new values and ran nothing to get them. */
  private void claims() {
    TrajectoryStep first = acting.getFirst();
    Set<String> known = MentionedValues.of(run.request());
    known.addAll(first.values());
    TreeMap<Long, Set<String>> answers = new TreeMap<>();
    for (TrajectoryStep step : acting) {
      for (TrajectoryStep.Call call : step.calls()) {
        answers
            .computeIfAbsent(call.answeredAt(), place -> new HashSet<>())
            .addAll(step.values(call));
      }
    }
    for (TrajectoryStep step : acting) {
      while (!answers.isEmpty() && answers.firstKey() < step.number()) {
        known.addAll(answers.pollFirstEntry().getValue());
      }
      if (step == first || step.said().isEmpty()) {
        continue;
      }
      Set<String> fresh = new LinkedHashSet<>(step.values());
      fresh.removeAll(known);
      fresh.removeIf(value -> !MentionedValues.isTelling(value));
      if (fresh.size() >= 2 && !step.acts()) {
        String example = fresh.iterator().next();
        add(
            step.number(),
            Kind.CLAIM,
            1,
            "states " + fresh.size() + " values that no tool returned, as '" + example + "'");
        return;
      }
      known.addAll(fresh);
    }
  }

  private void failures() {
    boolean seen = false;
    TrajectoryStep open = null;
    for (TrajectoryStep step : acting) {
      for (TrajectoryStep.Call call : step.calls()) {
        boolean bad = call.failed() || call.empty(step.number());
        if (bad && !seen) {
          seen = true;
          add(step.number(), Kind.FIRST_FAILURE, 0.7, "the first failure: " + what(call));
        }
        open = bad ? open == null ? step : open : null;
      }
    }
    if (open != null) {
      add(open.number(), Kind.UNRECOVERED, 0.6, "from here on every call failed or found nothing");
    }
  }

  private static String what(TrajectoryStep.Call call) {
    String tool = call.tool() == null ? "a call" : call.tool();
    return tool + " " + (call.failed() ? String.valueOf(call.errorType()) : "found nothing");
  }
}
