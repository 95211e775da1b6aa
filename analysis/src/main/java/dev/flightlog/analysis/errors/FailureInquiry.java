package dev.flightlog.analysis.errors;

import dev.flightlog.analysis.ask.Argument;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Lookup;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.failure.Evidence;
import dev.flightlog.patterns.failure.FailureAttribution;
import dev.flightlog.patterns.failure.FailureAttribution.Finding;
import dev.flightlog.patterns.failure.Trajectory;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which step of a session or task broke it, with the evidence, or that it cannot be told. */
public final class FailureInquiry implements Inquiry {
  public static final Question QUESTION =
      new Question(
          "failure",
          "Which agent and step broke a session or task, with the evidence, or that it cannot tell",
          "Each step gathers evidence from the events alone: it works on another task than the one"
              + " asked for; the final answer's values were first had there; it works with data it"
              + " makes up; it states values that no tool returned; it is the first failure, or the"
              + " one behind which nothing worked any more; it is the first step behind the request."
              + " The heaviest step is blamed. It cannot tell when two weigh alike, when nothing but"
              + " habit speaks, when nothing failed, and when the run ended well by its own record."
              + " Right more often than the first or the last error, but wrong often: take it as the"
              + " place to look at first. A session is also found by the beginning of its id. Looks"
              + " at the newest 20,000 events of it.",
          List.of(new Argument("SESSION|TASK", true, "the id of a session or task", "session-18")),
          400,
          new FailureInquiry());

  private static final int MOST_EVENTS = 20_000;
  private static final Attribute TYPE = Attribute.of(Field.EVENT_TYPE);

  private static final List<Column> COLUMNS =
      List.of(
          Column.whole("step", "the number of the step, as recorded, else counted from 0"),
          Column.text("agent", "who acted; null when it was not recorded"),
          Column.text("blamed", "yes for the step that most likely broke it, else no"),
          Column.text(
              "evidence", "goal, answer, assumed, claim, first_failure, unrecovered or first_step"),
          Column.real("weight", "how much it counts"),
          Column.text("text", "what was seen; may hold text of the log"));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public Findings ask(Scope scope) {
    String wanted = scope.call().arguments().get(0).strip();
    Filter which = Filter.is(Field.TASK_ID, wanted);
    if (scope.measure(which, Measure.count()).whole(0) == 0 || hasSession(scope, wanted)) {
      Lookup session = Lookup.of(scope, Field.SESSION_ID, "session or task");
      if (session.id() == null) {
        return session.explained();
      }
      which = Filter.is(Field.SESSION_ID, session.id());
    }
    Filter told = Filter.and(scope.and(which), Filter.in(TYPE, Trajectory.TYPES));
    ReadRequest request = ReadRequest.newestFirst(told).limit(MOST_EVENTS);
    List<Event> events = new ArrayList<>(scope.store().read(request).finish(request).reversed());
    Trajectory run = Trajectory.of(events);
    Finding finding = FailureAttribution.of(run);
    Findings findings =
        new Findings().heads(wording -> List.of(">step", "agent", "evidence", ">weight"));
    for (Evidence each : finding.evidence()) {
      boolean blamed = finding.step() != null && each.step() == finding.step();
      findings.row(
          each.step(),
          run.agentOf(each.step()),
          blamed ? "yes" : "no",
          each.kind().wireName(),
          each.weight(),
          each.text());
    }
    if (events.size() == MOST_EVENTS) {
      findings.note("Only the newest " + Units.count(MOST_EVENTS) + " events were looked at");
    }
    return findings
        .heading(
            wording -> verdict(finding, wanted, wording) + size(run),
            wording -> verdict(finding, wanted, wording) + ".")
        .total("session_or_task", wanted)
        .total("blamed_step", finding.step())
        .total("blamed_agent", finding.agent())
        .total("cannot_tell", finding.reason().isEmpty() ? null : finding.reason())
        .total("steps", (long) run.stepCount())
        .total("failed_calls", (long) run.failedCalls())
        .total("calls", (long) run.callCount());
  }

  private static String verdict(Finding finding, String wanted, Wording wording) {
    if (finding.step() == null) {
      return wording.name(wanted) + ": cannot tell which step broke it: " + finding.reason();
    }
    return wording.name(wanted)
        + ": most likely step "
        + finding.step()
        + (finding.agent() == null ? "" : ", " + wording.name(finding.agent()));
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
        + ended;
  }

  private static boolean hasSession(Scope scope, String name) {
    return scope.measure(Filter.is(Field.SESSION_ID, name), Measure.count()).whole(0) > 0;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    Object weight = row[4];
    double tenths = weight instanceof Double number ? Math.round(number * 10) / 10.0 : 0;
    return new String[] {
      String.valueOf(row[0]),
      wording.name(row[1], "-"),
      SafeText.shortened(
          String.valueOf(row[5]), wording.nameTokens() * 8, wording.nameTokens() * 3),
      Double.toString(tenths)
    };
  }
}
