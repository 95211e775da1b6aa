package dev.flightlog.analysis.errors;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Lookup;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.failure.Evidence;
import dev.flightlog.patterns.failure.FailureAttribution;
import dev.flightlog.patterns.failure.FailureAttribution.Finding;
import dev.flightlog.patterns.failure.Trajectory;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which step of a session or task broke it, with the evidence, or that it cannot be told. */
public final class FailureInquiry implements Inquiry<FailureInquiry.Charge> {
  public static final Question QUESTION =
      new Question(
              "failure",
              "Whether a session or task failed, and what speaks for which step",
              "Of a run that ended in failure by its own record, each step gathers evidence from the"
                  + " events alone: it works on another task than the one asked for; the final answer's"
                  + " values were first had there; it works with data it makes up; it states values that"
                  + " no tool returned; it is the first failure, or the one behind which nothing worked"
                  + " any more. Errors that were made good do not count. Only work on another task names"
                  + " a step: on runs that people had labelled it was right in 5 of 5. All other evidence"
                  + " named the right agent in 50 % of 44, the busiest agent was right in 45 %: it is"
                  + " listed and names nobody. Without a record of failure nothing but calls that were"
                  + " not made good is listed. A session is also found by the beginning of its id. Looks"
                  + " at the newest 20,000 events of it.",
              List.of(new Argument("SESSION", true, "a session or a task", "session-18")),
              400,
              new FailureInquiry())
          .usedFor("why did it fail, root cause");

  private static final int MOST_EVENTS = 20_000;
  private static final Attribute TYPE = Attribute.of(Field.EVENT_TYPE);

  /** Evidence against a step. */
  record Charge(Evidence evidence, @Nullable String agent, boolean blamed) {}

  @Override
  public List<Column<Charge>> columns() {
    return List.of(
        Column.whole(
            "step",
            "the number of the step, as recorded, else counted from 0",
            c -> c.evidence().step()),
        Column.text("agent", "who acted; null when it was not recorded", Charge::agent),
        Column.text(
            "blamed", "yes for the step that is named, else no", c -> c.blamed() ? "yes" : "no"),
        Column.text(
            "evidence",
            "goal, answer, assumed, claim, first_failure or unrecovered",
            c -> c.evidence().kind().wireName()),
        Column.real("weight", "how much it counts", c -> c.evidence().weight()),
        Column.text("text", "what was seen; may hold text of the log", c -> c.evidence().text()));
  }

  @Override
  public Result<Charge> ask(Selection selection) {
    String wanted = selection.call().arguments().get(0).strip();
    Filter which = Filter.is(Field.TASK_ID, wanted);
    if (selection.count(which) == 0 || hasSession(selection, wanted)) {
      which =
          Filter.is(Field.SESSION_ID, Lookup.id(selection, Field.SESSION_ID, "session or task"));
    }
    Filter told = Filter.and(selection.and(which), Filter.in(TYPE, Trajectory.TYPES));
    ReadRequest request = ReadRequest.newestFirst(told).limit(MOST_EVENTS);
    List<Event> events =
        new ArrayList<>(selection.store().read(request).finish(request).reversed());
    Trajectory run = Trajectory.of(events, madeGood(selection, events));
    Finding finding = FailureAttribution.of(run);
    Result<Charge> result =
        new Result<Charge>()
            .cell(">step", (c, _) -> String.valueOf(c.evidence().step()))
            .cell("agent", (c, wording) -> wording.name(c.agent(), "-"))
            .cell("evidence", (c, wording) -> text(c.evidence(), wording))
            .cell(
                ">weight",
                (c, _) -> Double.toString(Math.round(c.evidence().weight() * 10) / 10.0));
    for (Evidence each : finding.evidence()) {
      boolean blamed = finding.step() != null && each.step() == finding.step();
      result.row(new Charge(each, run.agentOf(each.step()), blamed));
    }
    if (Boolean.FALSE.equals(run.succeeded()) && finding.step() == null) {
      result.note("On labelled runs such evidence was right no more often than the busiest agent");
    }
    if (events.size() == MOST_EVENTS) {
      result.note("Only the newest " + Units.count(MOST_EVENTS) + " events were looked at");
    }
    return result
        .heading(
            wording -> verdict(finding, wanted, wording) + size(run),
            wording -> verdict(finding, wanted, wording) + ".")
        .total("session_or_task", wanted)
        .total("blamed_step", finding.step())
        .total("blamed_agent", finding.agent())
        .total("cannot_tell", finding.reason().isEmpty() ? null : finding.reason())
        .total("steps", (long) run.stepCount())
        .total("failed_calls", (long) run.failedCalls())
        .total("made_good", (long) run.recoveredCalls())
        .total("calls", (long) run.callCount());
  }

  private static Set<String> madeGood(Selection selection, List<Event> events) {
    Set<String> sessions = new HashSet<>();
    for (Event event : events) {
      String session = event.text(Field.SESSION_ID);
      if (session != null) {
        sessions.add(session);
      }
    }
    Set<String> madeGood = new HashSet<>();
    for (ErrorFact error : selection.learning().facts().of(ErrorFact.class, sessions)) {
      if (error.recovered()) {
        madeGood.add(error.id());
      }
    }
    return madeGood;
  }

  private static String verdict(Finding finding, String wanted, Wording wording) {
    if (finding.step() == null) {
      return wording.name(wanted) + ": " + finding.reason();
    }
    return wording.name(wanted)
        + ": step "
        + finding.step()
        + (finding.agent() == null ? "" : ", " + wording.name(finding.agent()))
        + " worked on another task";
  }

  private static String size(Trajectory run) {
    String ended =
        run.succeeded() == null
            ? "; how it ended is not recorded."
            : Boolean.TRUE.equals(run.succeeded()) ? "; ended well." : "; ended in failure.";
    return ". "
        + Units.count(run.stepCount(), "step")
        + ", "
        + Units.count(run.failedCalls())
        + " of "
        + Units.count(run.callCount(), "call")
        + " failed"
        + (run.recoveredCalls() == 0
            ? ""
            : ", " + Units.count(run.recoveredCalls()) + " more were made good")
        + ended;
  }

  private static boolean hasSession(Selection selection, String name) {
    return selection.count(Filter.is(Field.SESSION_ID, name)) > 0;
  }

  private static String text(Evidence evidence, Wording wording) {
    return SafeText.shortened(evidence.text(), wording.nameTokens() * 8, wording.nameTokens() * 3);
  }
}
