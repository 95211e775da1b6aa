package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Newest;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.statistics.Calibration;
import dev.flightlog.analysis.statistics.Calibration.Pair;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
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
public final class ConfidenceInquiry implements Inquiry<ConfidenceInquiry.Judged> {
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
              new ConfidenceInquiry())
          .usedFor("can its confidence be trusted");

  /**
   * A row: a tenth of what was said, or an agent.
   *
   * @param bin null for an agent
   * @param agent null for a bin, or for claims of no agent
   */
  record Judged(Calibration.@Nullable Bin bin, @Nullable String agent, Calibration of) {
    long count() {
      return bin == null ? of.count() : bin.count();
    }

    double said() {
      return bin == null ? of.said() : bin.said();
    }

    double right() {
      return bin == null ? of.right() : bin.right();
    }

    @Nullable Double brier() {
      return bin == null ? (Double) of.brier() : null;
    }

    String words(Wording wording) {
      return bin == null
          ? wording.name(agent, "(no agent)")
          : Units.percent(Math.round(100 * bin.from()))
              + " to "
              + Units.percent(Math.round(100 * bin.to()));
    }
  }

  @Override
  public List<Column<Judged>> columns() {
    return List.of(
        Column.text("kind", "bin or agent", j -> j.bin() == null ? "agent" : "bin"),
        Column.text("name", "the agent; null for a bin, or for claims of no agent", Judged::agent),
        Column.real(
            "from",
            "the bin's least confidence, 0 to 1; null for an agent",
            j -> j.bin() == null ? null : (Double) j.bin().from()),
        Column.real(
            "to",
            "the bin's largest confidence; null for an agent",
            j -> j.bin() == null ? null : (Double) j.bin().to()),
        Column.whole("count", "claims whose outcome is known", Judged::count),
        Column.real("said", "their mean confidence, 0 to 1", Judged::said),
        Column.real("right", "their share of success, 0 to 1", Judged::right),
        Column.real("brier", "their Brier score", Judged::brier));
  }

  @Override
  public Result<Judged> ask(Selection selection) {
    List<Event> claims = new ArrayList<>(Newest.of(selection, CLAIMS, MOST));
    claims.removeIf(claim -> claim.real(Field.CONFIDENCE_SCORE) == null);
    List<Pair> pairs = new ArrayList<>();
    Map<String, List<Pair>> byAgent = new TreeMap<>();
    Map<String, List<Event>> outcomes = outcomes(selection, claims);
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
    Result<Judged> result =
        new Result<Judged>()
            .cell("said", Judged::words)
            .cell(">claims", (j, _) -> Units.count(j.count()))
            .cell(">said", (j, _) -> Wording.share(j.said()))
            .cell(">right", (j, _) -> Wording.share(j.right()))
            .cell(">Brier", (j, _) -> j.brier() == null ? "-" : Units.decimal(j.brier(), 2));
    Calibration all = Calibration.of(pairs);
    for (Calibration.Bin bin : all.bins().reversed()) {
      result.row(new Judged(bin, null, all));
    }
    for (Map.Entry<String, List<Pair>> agent : byAgent.entrySet()) {
      if (agent.getValue().size() >= FEWEST) {
        String name = agent.getKey().isEmpty() ? null : agent.getKey();
        result.row(new Judged(null, name, Calibration.of(agent.getValue())));
      }
    }
    String found = said(all, claims.size());
    result
        .heading(
            wording ->
                "Confidence, "
                    + selection.window(wording)
                    + ": "
                    + found
                    + "; "
                    + selection.newestShort(),
            wording -> "Confidence, " + selection.window(wording) + ": " + found)
        .total("claims", (long) claims.size())
        .total("with_outcome", all.count());
    boolean any = all.count() > 0;
    return result
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
  private static Map<String, List<Event>> outcomes(Selection selection, List<Event> claims) {
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
    ReadRequest request = ReadRequest.newestFirst(wanted);
    for (Event outcome : selection.store().read(request).finish(request)) {
      String task = outcome.text(Field.TASK_ID);
      if (task != null) {
        outcomes.computeIfAbsent(task, _ -> new ArrayList<>()).add(outcome);
      }
    }
    return outcomes;
  }
}
