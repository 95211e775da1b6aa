package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Newest;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which rules sessions were shown. There are none as long as no session was shown one. */
public final class RulesInquiry implements Inquiry {
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
          new RulesInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("rule", "the rule; null for exposures that name none"),
          Column.whole("exposures", "rule_exposure events"),
          Column.whole("sessions", "different sessions among them"),
          Column.time("first_seen", "the oldest exposure looked at"),
          Column.time("last_seen", "the newest exposure"));

  /** One rule while its exposures are counted. */
  private static final class Shown {
    long count;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    final Set<String> sessions = new HashSet<>();
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    return new String[] {
      wording.name(row[0], "(unnamed)"),
      Wording.count(row[1]),
      Wording.count(row[2]),
      wording.seen(row[4])
    };
  }

  @Override
  public Findings ask(Scope scope) {
    Row all = scope.measure(EXPOSURES, Measure.count());
    long exposures = all.whole(0);
    Map<String, Shown> rules = new TreeMap<>();
    List<Event> newest = Newest.of(scope, EXPOSURES, MOST);
    for (Event event : newest) {
      String rule = event.detail("rule_id");
      rule = rule == null ? event.detail("rule") : rule;
      Shown shown = rules.computeIfAbsent(rule == null ? "" : rule, _ -> new Shown());
      shown.count++;
      shown.first = Math.min(shown.first, event.micros());
      shown.last = Math.max(shown.last, event.micros());
      String session = event.text(Field.SESSION_ID);
      if (session != null) {
        shown.sessions.add(session);
      }
    }
    Findings findings =
        new Findings().heads(wording -> List.of("rule", ">shown", ">sessions", "last"));
    List<Map.Entry<String, Shown>> order = new ArrayList<>(rules.entrySet());
    order.sort(Comparator.comparingLong((Map.Entry<String, Shown> e) -> -e.getValue().count));
    for (Map.Entry<String, Shown> entry : order) {
      Shown shown = entry.getValue();
      findings.row(
          entry.getKey().isEmpty() ? null : entry.getKey(),
          shown.count,
          (long) shown.sessions.size(),
          shown.first,
          shown.last);
    }
    String found =
        exposures == 0
            ? "there are none: no session was shown one"
            : Units.count(rules.size(), "rule")
                + " in "
                + (newest.size() < exposures
                    ? "the newest " + Units.count(newest.size()) + " of "
                    : "")
                + Units.count(exposures, "exposure");
    return findings
        .heading(
            wording ->
                "Rules, " + scope.window(wording) + ": " + found + "; " + scope.newestShort(),
            wording -> "Rules, " + scope.window(wording) + ": " + found)
        .total("exposures", exposures)
        .total("looked_at", (long) newest.size());
  }
}
