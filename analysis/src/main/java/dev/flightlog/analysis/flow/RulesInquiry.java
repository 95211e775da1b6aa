package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Newest;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Order;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which rules sessions were shown. There are none as long as no session was shown one. */
public final class RulesInquiry implements Inquiry<RulesInquiry.Shown> {
  private static final Filter EXPOSURES = Filter.is(Field.EVENT_TYPE, EventTypes.RULE_EXPOSURE);
  private static final int MOST = 2_000;

  public static final Question QUESTION =
      new Question(
              "rules",
              "Which rules sessions were shown, and how often",
              "By rule (rule_id, else rule, of rule_exposure events), the most shown first; the newest"
                  + " 2,000 exposures are looked at. Without such events there are no rules, and the"
                  + " answer says so.",
              List.of(),
              300,
              new RulesInquiry())
          .usedFor("CLAUDE.md rules");

  /** One rule while its exposures are counted; then a row. */
  static final class Shown {
    final @Nullable String rule;
    final Set<String> sessions = new HashSet<>();
    long count;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;

    Shown(@Nullable String rule) {
      this.rule = rule;
    }

    void add(Event event) {
      count++;
      first = Math.min(first, event.micros());
      last = Math.max(last, event.micros());
      String session = event.text(Field.SESSION_ID);
      if (session != null) {
        sessions.add(session);
      }
    }
  }

  @Override
  public List<Column<Shown>> columns() {
    return List.of(
        Column.text("rule", "the rule; null for exposures that name none", s -> s.rule),
        Column.whole("exposures", "rule_exposure events", s -> s.count),
        Column.whole("sessions", "different sessions among them", s -> (long) s.sessions.size()),
        Column.time("first_seen", "the oldest exposure looked at", s -> s.first),
        Column.time("last_seen", "the newest exposure", s -> s.last));
  }

  @Override
  public Result<Shown> ask(Selection selection) {
    long exposures = selection.count(EXPOSURES);
    Map<String, Shown> rules = new TreeMap<>();
    List<Event> newest = Newest.of(selection, EXPOSURES, MOST);
    for (Event event : newest) {
      String rule = event.detail("rule_id");
      String name = rule == null ? event.detail("rule") : rule;
      rules.computeIfAbsent(name == null ? "" : name, _ -> new Shown(name)).add(event);
    }
    List<Shown> order = new ArrayList<>(rules.values());
    order.sort(Order.comparingLong(shown -> -shown.count));
    Result<Shown> result =
        new Result<Shown>()
            .rows(order)
            .cell("rule", (s, wording) -> wording.name(s.rule, "(unnamed)"))
            .cell(">shown", (s, _) -> Units.count(s.count))
            .cell(">sessions", (s, _) -> Units.count(s.sessions.size()))
            .cell("last", (s, wording) -> wording.seen(s.last));
    String found =
        exposures == 0
            ? "there are none: no session was shown one"
            : Units.count(rules.size(), "rule")
                + " in "
                + (newest.size() < exposures
                    ? "the newest " + Units.count(newest.size()) + " of "
                    : "")
                + Units.count(exposures, "exposure");
    return result
        .heading(
            wording ->
                "Rules, "
                    + selection.window(wording)
                    + ": "
                    + found
                    + "; "
                    + selection.newestShort(),
            wording -> "Rules, " + selection.window(wording) + ": " + found)
        .total("exposures", exposures)
        .total("looked_at", (long) newest.size());
  }
}
