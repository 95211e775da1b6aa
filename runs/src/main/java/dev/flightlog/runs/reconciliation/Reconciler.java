package dev.flightlog.runs.reconciliation;

import dev.flightlog.runs.files.RunException;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.reconciliation.Reconciliation.StepShare;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts recorded calls into the buckets of a provider's report: by time, and by model where the
 * report tells it. Stateless; blocks for file access.
 */
public final class Reconciler {
  private Reconciler() {}

  private record Stretch(long from, long to, String model) {}

  private record Step(String runId, long number) {}

  /**
   * Compares what these runs recorded, together, with reports.
   *
   * @throws RunException when a report is cut or of no known form, or reports overlap in time
   */
  public static Reconciliation compare(List<RunFolder> runs, List<Path> reports)
      throws IOException {
    List<RecordedCall> calls = new ArrayList<>();
    for (RunFolder run : runs) {
      calls.addAll(RecordedCalls.of(run));
    }
    return reconcile(calls, ProviderReport.read(reports));
  }

  static Reconciliation reconcile(List<RecordedCall> calls, List<UsageBucket> buckets) {
    Map<Stretch, Tokens> billed = new LinkedHashMap<>();
    Map<Stretch, BigDecimal> costs = new LinkedHashMap<>();
    for (UsageBucket bucket : buckets) {
      if (bucket.key().startsWith(ProviderReport.COST)) {
        costs.merge(new Stretch(bucket.from(), bucket.to(), ""), bucket.costUsd(), BigDecimal::add);
      } else {
        billed.merge(
            new Stretch(bucket.from(), bucket.to(), bucket.model()), bucket.tokens(), Tokens::plus);
      }
    }
    refuseOverlap(new ArrayList<>(billed.keySet()));
    refuseOverlap(new ArrayList<>(costs.keySet()));
    Map<Stretch, Tokens> recorded = new HashMap<>();
    Map<RecordedCall, Stretch> placed = new java.util.IdentityHashMap<>();
    Tokens outsideTokens = Tokens.NONE;
    long outside = 0;
    for (RecordedCall call : calls) {
      Stretch place = place(call, billed.keySet());
      if (place == null) {
        outside++;
        outsideTokens = outsideTokens.plus(call.tokens());
      } else {
        recorded.merge(place, call.tokens(), Tokens::plus);
        placed.put(call, place);
      }
    }
    Tokens all = Tokens.NONE;
    Tokens explained = Tokens.NONE;
    Tokens notReported = outsideTokens;
    for (Map.Entry<Stretch, Tokens> each : billed.entrySet()) {
      Tokens own = recorded.getOrDefault(each.getKey(), Tokens.NONE);
      Tokens common = own.common(each.getValue());
      all = all.plus(each.getValue());
      explained = explained.plus(common);
      notReported = notReported.plus(own.minus(common));
    }
    BigDecimal cost = costs.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Reconciliation(
        all,
        explained,
        all.minus(explained),
        notReported,
        cost,
        explainedCost(calls, costs),
        steps(calls, placed, billed, recorded),
        outside);
  }

  private static BigDecimal explainedCost(
      List<RecordedCall> calls, Map<Stretch, BigDecimal> costs) {
    BigDecimal explained = BigDecimal.ZERO;
    for (Map.Entry<Stretch, BigDecimal> each : costs.entrySet()) {
      BigDecimal own =
          calls.stream()
              .filter(call -> isWithin(call, each.getKey()))
              .map(RecordedCall::costUsd)
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      explained = explained.add(own.min(each.getValue()));
    }
    return explained;
  }

  private static List<StepShare> steps(
      List<RecordedCall> calls,
      Map<RecordedCall, Stretch> placed,
      Map<Stretch, Tokens> billed,
      Map<Stretch, Tokens> recorded) {
    Map<Step, StepShare> steps =
        new TreeMap<>(Comparator.comparing(Step::runId).thenComparingLong(Step::number));
    for (RecordedCall call : calls) {
      Stretch place = placed.get(call);
      boolean confirmed =
          place != null
              && recorded
                  .getOrDefault(place, Tokens.NONE)
                  .common(billed.getOrDefault(place, Tokens.NONE))
                  .equals(withRequestsOf(recorded, billed, place));
      Tokens share = confirmed ? call.tokens() : Tokens.NONE;
      steps.merge(
          new Step(call.runId(), call.step()),
          new StepShare(call.runId(), call.step(), call.tokens(), share),
          (a, b) ->
              new StepShare(
                  a.runId(),
                  a.step(),
                  a.recorded().plus(b.recorded()),
                  a.confirmed().plus(b.confirmed())));
    }
    return new ArrayList<>(steps.values());
  }

  /** Not every report counts requests, so that only tokens decide. */
  private static Tokens withRequestsOf(
      Map<Stretch, Tokens> recorded, Map<Stretch, Tokens> billed, Stretch place) {
    Tokens own = recorded.getOrDefault(place, Tokens.NONE);
    long requests = Math.min(own.requests(), billed.getOrDefault(place, Tokens.NONE).requests());
    return new Tokens(
        own.uncachedInput(), own.cacheRead(), own.cacheWrite(), own.output(), requests);
  }

  private static boolean isWithin(RecordedCall call, Stretch stretch) {
    return call.micros() >= stretch.from() && call.micros() < stretch.to();
  }

  /** The stretch that tells the call's model best. */
  private static @Nullable Stretch place(RecordedCall call, Iterable<Stretch> stretches) {
    Stretch best = null;
    int bestRank = 0;
    for (Stretch each : stretches) {
      if (isWithin(call, each)) {
        int rank = rank(call.model(), each.model());
        if (rank > bestRank) {
          best = each;
          bestRank = rank;
        }
      }
    }
    return best;
  }

  /** 3 the same name, 2 the same but for a date, 1 one of them tells none, 0 another model. */
  private static int rank(String recorded, String reported) {
    if (recorded.equals(reported)) {
      return 3;
    }
    if (recorded.isEmpty() || reported.isEmpty()) {
      return 1;
    }
    String shorter = recorded.length() < reported.length() ? recorded : reported;
    String longer = recorded.length() < reported.length() ? reported : recorded;
    return longer.startsWith(shorter + "-") && longer.substring(shorter.length()).matches("[-0-9]+")
        ? 2
        : 0;
  }

  /** Two reports of one time, such as by hour and by day, would count twice. */
  private static void refuseOverlap(List<Stretch> stretches) {
    stretches.sort(Comparator.comparingLong(Stretch::from).thenComparingLong(Stretch::to));
    for (int i = 1; i < stretches.size(); i++) {
      Stretch before = stretches.get(i - 1);
      Stretch after = stretches.get(i);
      boolean same = before.from() == after.from() && before.to() == after.to();
      if (!same && after.from() < before.to()) {
        throw new RunException(
            "two reports overlap: one from "
                + dev.flightlog.event.Timestamps.text(before.from())
                + " and one from "
                + dev.flightlog.event.Timestamps.text(after.from())
                + "; give those of one kind, by minute, hour or day");
      }
    }
  }
}
