package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Lookup;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The path of one workflow: who worked, for how long and with what result, and to whom it was
 * handed with how much state. Hand-overs are agent_transition events; where an agent takes over
 * without one, that shows too.
 */
public final class WorkflowInquiry implements Inquiry<WorkflowInquiry.Step> {
  private static final int MOST_EVENTS = 2_000;

  public static final Question QUESTION =
      new Question(
              "workflow",
              "The path of one workflow: agents, hand-overs and the size of their state",
              "It may be given by the beginning of a workflow's id when no other begins so. One row a stay of an"
                  + " agent, in order: it begins with an agent_transition to it, or with its first event"
                  + " after another agent's; events of no agent belong to the stay in which they fall. The state is the"
                  + " state_size of the hand-over, in bytes. Of a workflow with more than 2,000 events"
                  + " the newest 2,000 are told. Errors are counted as in 'errors'.",
              List.of(
                  new Argument(
                      "WORKFLOW", true, "a workflow, or the beginning of its id", "flow-7")),
              400,
              new WorkflowInquiry())
          .usedFor("who handed what to whom");

  /**
   * A row: a stay of an agent, from its beginning to that of the next.
   *
   * @param step from 1
   */
  record Step(long step, Stay stay, long end) {
    @Nullable String handOver(String detail) {
      return stay.handOver == null ? null : stay.handOver.detail(detail);
    }

    @Nullable Long state() {
      Number size = stay.handOver == null ? null : stay.handOver.detailNumber("state_size");
      return size == null ? null : (Long) size.longValue();
    }

    long millis() {
      return (end - stay.begin) / 1000;
    }
  }

  /** A stay of an agent while its events are counted. */
  static final class Stay {
    final @Nullable String agent;
    final @Nullable Event handOver;
    final long begin;
    long events;
    long errors;

    Stay(@Nullable String agent, @Nullable Event handOver, long begin) {
      this.agent = agent;
      this.handOver = handOver;
      this.begin = begin;
    }
  }

  @Override
  public List<Column<Step>> columns() {
    return List.of(
        Column.whole("step", "from 1", Step::step),
        Column.text("agent", "who worked; null when no event names an agent", s -> s.stay().agent),
        Column.text(
            "from_agent", "who handed over; null when nobody did", s -> s.handOver("from_agent")),
        Column.whole("state_size", "bytes handed over; null when not told", Step::state),
        Column.text("reason", "of the hand-over; null when not told", s -> s.handOver("reason")),
        Column.time("time", "when the stay began", s -> s.stay().begin),
        Column.whole(
            "span_ms",
            "from its beginning to that of the next, or to the last event",
            Step::millis),
        Column.whole(
            "events", "events of the stay, the hand-over to it included", s -> s.stay().events),
        Column.whole("errors", "errors among them", s -> s.stay().errors));
  }

  private static String reason(Step step, Wording wording) {
    String reason = step.handOver("reason");
    return reason == null ? "-" : SafeText.sentence(reason, 60, wording.nameTokens());
  }

  private static String bytes(long size) {
    return size < 1000 ? Units.count(size) + " B" : Units.tokens(size) + "B";
  }

  @Override
  public Result<Step> ask(Selection selection) {
    String id = Lookup.id(selection, Field.WORKFLOW_ID, "workflow");
    ReadRequest request =
        ReadRequest.newestFirst(selection.and(Filter.is(Field.WORKFLOW_ID, id))).limit(MOST_EVENTS);
    List<Event> events = selection.store().read(request).finish(request).reversed();
    List<Stay> path = path(events);
    Result<Step> result =
        new Result<Step>()
            .cell(">", (step, _) -> Units.count(step.step()))
            .cell("agent", (step, wording) -> wording.name(step.stay().agent, "(no agent)"))
            .cell(">state", (step, _) -> step.state() == null ? "-" : bytes(step.state()))
            .cell(">for", (step, _) -> Wording.duration(step.millis()))
            .cell(">events", (step, _) -> Units.count(step.stay().events))
            .cell(
                ">errors",
                (step, _) -> step.stay().errors == 0 ? "-" : Units.count(step.stay().errors))
            .cell("handed over for", WorkflowInquiry::reason);
    long last = events.getLast().micros();
    long handOvers = 0;
    long errors = 0;
    long state = 0;
    for (int i = 0; i < path.size(); i++) {
      Stay stay = path.get(i);
      Step step = new Step(i + 1L, stay, i + 1 < path.size() ? path.get(i + 1).begin : last);
      Long size = step.state();
      handOvers += stay.handOver == null ? 0 : 1;
      state += size == null ? 0 : size;
      errors += stay.errors;
      result.row(step);
    }
    long first = events.getFirst().micros();
    String size =
        (events.size() == MOST_EVENTS ? "the newest " : "")
            + Units.count(events.size(), "event")
            + ", "
            + Units.count(handOvers, "hand-over")
            + ", "
            + Units.count(errors, "error")
            + " in "
            + Units.duration((last - first) / 1000.0);
    return result
        .heading(
            wording ->
                "Workflow "
                    + wording.name(id)
                    + ": "
                    + size
                    + "; ended "
                    + Units.agoInWords(last, selection.now())
                    + " ("
                    + selection.dates().minuteInZone(last)
                    + ")",
            wording -> "Workflow " + wording.name(id) + ": " + size)
        .total("workflow", id)
        .total("workflow_events", (long) events.size())
        .total("workflow_first", Timestamps.text(first))
        .total("workflow_last", Timestamps.text(last))
        .total("hand_overs", handOvers)
        .total("state_bytes", state)
        .total("workflow_errors", errors);
  }

  private static List<Stay> path(List<Event> events) {
    List<Stay> path = new java.util.ArrayList<>();
    Stay now = null;
    for (Event event : events) {
      boolean handOver = event.eventType().equals(EventTypes.AGENT_TRANSITION);
      String to = handOver ? event.detail("to_agent") : event.text(Field.AGENT_NAME);
      if (now == null || handOver || (to != null && !Objects.equals(to, now.agent))) {
        Stay next = new Stay(to, handOver ? event : null, event.micros());
        if (now != null && now.agent == null && now.handOver == null && !handOver) {
          next = new Stay(to, null, now.begin);
          next.events = now.events;
          next.errors = now.errors;
          path.removeLast();
        }
        now = next;
        path.add(now);
      }
      now.events++;
      now.errors += Events.ERRORS.matches(event) ? 1 : 0;
    }
    return path;
  }
}
