package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Argument;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Lookup;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
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
public final class WorkflowInquiry implements Inquiry {
  private static final int MOST_EVENTS = 2_000;

  public static final Question QUESTION =
      new Question(
          "workflow",
          "The path of one workflow: agents, hand-overs and the size of their state",
          "ID may be the beginning of a workflow's id when no other begins so. One row a stay of an"
              + " agent, in order: it begins with an agent_transition to it, or with its first event"
              + " after another agent's; events of no agent belong to the stay in which they fall. The state is the"
              + " state_size of the hand-over, in bytes. Of a workflow with more than 2,000 events"
              + " the newest 2,000 are told. Errors are counted as in 'errors'.",
          List.of(new Argument("ID", true, "a workflow, or the beginning of its id", "flow-7")),
          400,
          new WorkflowInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.whole("step", "from 1"),
          Column.text("agent", "who worked; null when no event names an agent"),
          Column.text("from_agent", "who handed over; null when nobody did"),
          Column.whole("state_size", "bytes handed over; null when not told"),
          Column.text("reason", "of the hand-over; null when not told"),
          Column.time("time", "when the stay began"),
          Column.whole("span_ms", "from its beginning to that of the next, or to the last event"),
          Column.whole("events", "events of the stay, the hand-over to it included"),
          Column.whole("errors", "errors among them"));

  /** A stay of an agent while its events are counted. */
  private static final class Stay {
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
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    return new String[] {
      Wording.count(row[0]),
      wording.name(row[1], "(no agent)"),
      row[3] == null ? "-" : bytes((Long) row[3]),
      Wording.duration(row[6]),
      Wording.count(row[7]),
      Long.valueOf(0).equals(row[8]) ? "-" : Wording.count(row[8]),
      row[4] == null ? "-" : SafeText.sentence(row[4].toString(), 60, wording.nameTokens())
    };
  }

  private static String bytes(long size) {
    return size < 1000 ? Units.count(size) + " B" : Units.tokens(size) + "B";
  }

  @Override
  public Findings ask(Scope scope) {
    Lookup lookup = Lookup.of(scope, Field.WORKFLOW_ID, "workflow");
    String id = lookup.id();
    if (id == null) {
      return lookup.explained();
    }
    ReadRequest request =
        ReadRequest.newestFirst(scope.and(Filter.is(Field.WORKFLOW_ID, id))).limit(MOST_EVENTS);
    List<Event> events = scope.store().read(request).finish(request).reversed();
    List<Stay> path = path(events);
    Findings findings =
        new Findings()
            .heads(wording ->
                List.of(">", "agent", ">state", ">for", ">events", ">errors", "handed over for"));
    long last = events.getLast().micros();
    long handOvers = 0;
    long errors = 0;
    long state = 0;
    for (int i = 0; i < path.size(); i++) {
      Stay stay = path.get(i);
      long end = i + 1 < path.size() ? path.get(i + 1).begin : last;
      Event handOver = stay.handOver;
      Number size = handOver == null ? null : handOver.detailNumber("state_size");
      handOvers += handOver == null ? 0 : 1;
      state += size == null ? 0 : size.longValue();
      errors += stay.errors;
      findings.row(
          i + 1L,
          stay.agent,
          handOver == null ? null : handOver.detail("from_agent"),
          size == null ? null : (Long) size.longValue(),
          handOver == null ? null : handOver.detail("reason"),
          stay.begin,
          (end - stay.begin) / 1000,
          stay.events,
          stay.errors);
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
    return findings
        .heading(
            wording ->
                "Workflow "
                    + wording.name(id)
                    + ": "
                    + size
                    + "; ended "
                    + Units.agoInWords(last, scope.now())
                    + " ("
                    + Wording.minute(last)
                    + " UTC)",
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
      now.errors += Scope.ERRORS.matches(event) ? 1 : 0;
    }
    return path;
  }
}
