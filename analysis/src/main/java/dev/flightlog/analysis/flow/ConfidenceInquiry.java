package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Newest;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.statistics.Calibration;
import dev.flightlog.analysis.statistics.Calibration.Pair;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether agents are right as often as they say. */
public final class ConfidenceInquiry implements Inquiry {
  private static final int MOST = 2_000;

  /** Fewer pairs of an agent are not judged. */
  private static final int FEWEST = 10;

  private static final Filter CLAIMS =
      Filter.in(Attribute.of(Field.EVENT_TYPE), Set.of(EventTypes.EVALUATION, EventTypes.DECISION));

  public static final Question QUESTION =
      new Question(
          "confidence",
          "Whether agents are right as often as they say: Brier score, reliability",
          "Evaluations and decisions with a confidence_score, each with what came of it: its own"
              + " success, else the success of the task_outcome with its task_id, if that is of the"
              + " same agent or names none. The Brier score is the mean of (confidence -"
              + " outcome)^2: 0 is perfect, what one gets by always saying the overall success rate is"
              + " 'uncertainty'. It is split (Murphy, 1973) into reliability (how far saying and"
              + " being right lie apart, in ten bins; 0 is perfect) minus resolution (how far the"
              + " bins lie apart) plus uncertainty; what the bins hide is 'within'. The newest 2,000"
              + " are taken; of fewer than ten of an agent nothing is said.",
          List.of(),
          200,
          new ConfidenceInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("kind", "bin or agent"),
          Column.text("name", "the agent; null for a bin, or for claims of no agent"),
          Column.real("from", "the bin's least confidence, 0 to 1; null for an agent"),
          Column.real("to", "the bin's largest confidence; null for an agent"),
          Column.whole("count", "claims whose outcome is known"),
          Column.real("said", "their mean confidence, 0 to 1"),
          Column.real("right", "their share of success, 0 to 1"),
          Column.real("brier", "their Brier score"));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    String name =
        "agent".equals(row[0])
            ? wording.name(row[1], "(no agent)")
            : Units.percent(Math.round(100 * (Double) value(row[2])))
                + " to "
                + Units.percent(Math.round(100 * (Double) value(row[3])));
    return new String[] {
      name,
      Wording.count(row[4]),
      Wording.share(row[5]),
      Wording.share(row[6]),
      row[7] == null ? "-" : Units.decimal((Double) row[7], 2)
    };
  }

  private static Object value(@Nullable Object value) {
    return value == null ? (Object) 0.0 : value;
  }

  @Override
  public Findings ask(Scope scope) {
    List<Event> claims = new ArrayList<>(Newest.of(scope, CLAIMS, MOST));
    claims.removeIf(claim -> claim.real(Field.CONFIDENCE_SCORE) == null);
    List<Pair> pairs = new ArrayList<>();
    Map<String, List<Pair>> byAgent = new TreeMap<>();
    Map<String, List<Event>> outcomes = outcomes(scope, claims);
    for (Event claim : claims) {
      Boolean right = outcome(claim, outcomes);
      Double said = claim.real(Field.CONFIDENCE_SCORE);
      if (right != null && said != null) {
        Pair pair = new Pair(Math.clamp(said, 0, 1), right);
        pairs.add(pair);
        String agent = claim.text(Field.AGENT_NAME);
        byAgent.computeIfAbsent(agent == null ? "" : agent, _ -> new ArrayList<>()).add(pair);
      }
    }
    Findings findings =
        new Findings().heads(wording -> List.of("said", ">claims", ">said", ">right", ">Brier"));
    Calibration all = Calibration.of(pairs);
    for (Calibration.Bin bin : all.bins().reversed()) {
      findings.row("bin", null, bin.from(), bin.to(), bin.count(), bin.said(), bin.right(), null);
    }
    for (Map.Entry<String, List<Pair>> agent : byAgent.entrySet()) {
      if (agent.getValue().size() >= FEWEST) {
        Calibration own = Calibration.of(agent.getValue());
        String name = agent.getKey().isEmpty() ? null : agent.getKey();
        findings.row("agent", name, null, null, own.count(), own.said(), own.right(), own.brier());
      }
    }
    String found = said(all, claims.size());
    findings
        .heading(
            wording ->
                "Confidence, " + scope.window(wording) + ": " + found + "; " + scope.newestShort(),
            wording -> "Confidence, " + scope.window(wording) + ": " + found)
        .total("claims", (long) claims.size())
        .total("with_outcome", all.count());
    boolean any = all.count() > 0;
    return findings
        .total("brier", any ? (Double) all.brier() : null)
        .total("reliability", any ? (Double) all.reliability() : null)
        .total("resolution", any ? (Double) all.resolution() : null)
        .total("uncertainty", any ? (Double) all.uncertainty() : null)
        .total("within", any ? (Double) all.within() : null);
  }

  private static String said(Calibration all, long claims) {
    if (all.count() == 0) {
      return claims == 0
          ? "no evaluation or decision tells its confidence"
          : Units.count(claims, "claim") + ", of none is known what came of it";
    }
    double gap = all.said() - all.right();
    String way =
        Math.abs(gap) < 0.05
            ? "said and right agree overall"
            : gap > 0
                ? "overconfident: said "
                    + Units.share(all.said())
                    + ", right "
                    + Units.share(all.right())
                : "too modest: said "
                    + Units.share(all.said())
                    + ", right "
                    + Units.share(all.right());
    return "Brier "
        + Units.decimal(all.brier(), 3)
        + " = reliability "
        + Units.decimal(all.reliability(), 3)
        + " - resolution "
        + Units.decimal(all.resolution(), 3)
        + " + uncertainty "
        + Units.decimal(all.uncertainty(), 3)
        + "; "
        + way
        + "; "
        + Units.count(all.count())
        + " of "
        + Units.count(claims, "claim")
        + " with a known outcome";
  }

  private static @Nullable Boolean outcome(Event claim, Map<String, List<Event>> outcomes) {
    Boolean own = claim.flag(Field.SUCCESS);
    String task = claim.text(Field.TASK_ID);
    if (own != null || task == null) {
      return own;
    }
    String agent = claim.text(Field.AGENT_NAME);
    for (Event outcome : outcomes.getOrDefault(task, List.of())) {
      String by = outcome.text(Field.AGENT_NAME);
      if (by == null || agent == null || by.equals(agent)) {
        return outcome.flag(Field.SUCCESS);
      }
    }
    return null;
  }

  /** The outcomes of the tasks that the claims without one of their own are about. */
  private static Map<String, List<Event>> outcomes(Scope scope, List<Event> claims) {
    Set<String> tasks = new HashSet<>();
    for (Event claim : claims) {
      String task = claim.text(Field.TASK_ID);
      if (task != null && claim.flag(Field.SUCCESS) == null) {
        tasks.add(task);
      }
    }
    Map<String, List<Event>> outcomes = new HashMap<>();
    if (tasks.isEmpty()) {
      return outcomes;
    }
    Filter wanted =
        Filter.and(
            Filter.is(Field.EVENT_TYPE, EventTypes.TASK_OUTCOME),
            Filter.in(Attribute.of(Field.TASK_ID), tasks),
            Filter.not(Filter.absent(Attribute.of(Field.SUCCESS))));
    var request = dev.flightlog.store.ReadRequest.newestFirst(wanted);
    for (Event outcome : scope.store().read(request).finish(request)) {
      String task = outcome.text(Field.TASK_ID);
      if (task != null) {
        outcomes.computeIfAbsent(task, _ -> new ArrayList<>()).add(outcome);
      }
    }
    return outcomes;
  }
}
