package dev.flightlog.analysis.cost;

import dev.flightlog.analysis.ask.Argument;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionException;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.periods.Sums;
import dev.flightlog.event.Field;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Nearest;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the work cost, by whatever it is to be laid on. An unknown price stays unknown. */
public final class CostInquiry implements Inquiry {
  private static final List<String> BY =
      List.of("story", "day", "week", "branch", "agent", "model");

  public static final Question QUESTION =
      new Question(
          "cost",
          "What the model calls cost, by story, day, week, branch, agent or model",
          "The sum of cost_usd over model calls; without BY by story. A call without cost_usd has an"
              + " unknown price: it is counted as unpriced and never as zero, and the sum beside it"
              + " is a lower bound. The dearest comes first, groups whose price is unknown by their"
              + " tokens; days and weeks stand newest first, and those without model calls between"
              + " others say 'no data'. The branch of a transcript is its story, unless it is main"
              + " or the like, where the project is.",
          List.of(new Argument("BY", false, "story, day, week, branch, agent or model", "model")),
          200,
          new CostInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("by", "what it is laid on"),
          Column.text("name", "story, agent or model; null for calls that name none, or for a day"),
          Column.time("from", "the day, or the Monday of the week; else null"),
          Column.whole("spans", "days or weeks in the row; more than 1 only without data"),
          Column.whole("calls", "model calls; null when there is no data"),
          Column.whole("tokens_used", "null when no call tells"),
          Column.real("cost_usd", "sum of known costs in US dollars; null when none is known"),
          Column.whole("unpriced_calls", "calls whose cost is unknown"),
          Column.real("share", "cost_usd over all known costs, 0 to 1"));

  private static final List<Measure> MEASURES =
      List.of(
          Measure.count(),
          Measure.sum(Scope.TOKENS),
          Measure.sum(Scope.COST),
          Measure.countOf(Scope.COST));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    String name =
        row[2] instanceof Long from
            ? wording.date(from)
            : wording.name(row[1], "(no " + row[0] + ')');
    if (row[4] == null) {
      return new String[] {name, "no data" + more(row[3]), "-", "-", "-"};
    }
    return new String[] {
      name,
      Wording.count(row[4]),
      Wording.tokens(row[5]),
      Wording.cost(row[6], row[7]),
      Wording.share(row[8])
    };
  }

  private static String more(@Nullable Object spans) {
    return spans instanceof Long count && count > 1 ? " (" + Units.count(count) + ')' : "";
  }

  @Override
  public Findings ask(Scope scope) {
    List<String> arguments = scope.call().arguments();
    String by = arguments.isEmpty() ? "story" : known(arguments.getFirst());
    Row all = scope.group(Scope.MODEL_CALLS, List.of(), MEASURES).getFirst();
    Double known = all.isKnown(2) ? (Double) all.real(2) : null;
    long unpriced = all.whole(0) - all.whole(3);
    Findings findings =
        new Findings().heads(wording -> List.of(by, ">calls", ">tokens", ">cost", ">of known"));
    if (by.equals("day") || by.equals("week")) {
      spans(scope, by, known, findings);
    } else {
      groups(scope, by, known, findings);
    }
    String price =
        all.whole(0) == 0
            ? "no model calls"
            : (known == null ? "unknown" : Units.dollars(known))
                + " in "
                + Units.count(all.whole(0), "model call")
                + (unpriced == 0 || known == null
                    ? ""
                    : " and " + Units.count(unpriced) + " of unknown price");
    return findings
        .heading(
            wording ->
                "Cost by "
                    + by
                    + ", "
                    + scope.window(wording)
                    + ": "
                    + price
                    + scope.inSessions()
                    + "; "
                    + scope.newestShort(),
            wording -> "Cost by " + by + ", " + scope.window(wording) + ": " + price)
        .hint("Other ways: flightlog ask cost day (week, branch, agent, model)")
        .total("by", by)
        .total("model_calls", all.whole(0))
        .total("tokens_used", all.values().get(1))
        .total("cost_usd", known)
        .total("unpriced_calls", unpriced);
  }

  private static String known(String asked) {
    String by = asked.strip().toLowerCase(Locale.ROOT);
    if (BY.contains(by)) {
      return by;
    }
    List<String> nearest = Nearest.to(by, BY, 1);
    throw new QuestionException(
        "'cost' cannot be laid on '"
            + SafeText.shortened(asked, 40)
            + "'; "
            + (nearest.isEmpty() ? "" : "did you mean '" + nearest.getFirst() + "'? ")
            + "There are: "
            + String.join(", ", BY));
  }

  private static void groups(Scope scope, String by, @Nullable Double known, Findings findings) {
    Dimension dimension =
        by.equals("agent")
            ? Dimension.of(Field.AGENT_NAME)
            : by.equals("model")
                ? new Dimension.ByAttribute(Scope.MODEL)
                : Dimension.of(Field.STORY_ID);
    List<Row> rows = new ArrayList<>(scope.group(Scope.MODEL_CALLS, List.of(dimension), MEASURES));
    rows.sort(
        Comparator.comparingDouble((Row row) -> row.isKnown(2) ? -row.real(2) : 0)
            .thenComparing(Comparator.comparingLong((Row row) -> row.whole(1)).reversed())
            .thenComparing(Comparator.comparingLong((Row row) -> row.whole(0)).reversed()));
    for (Row row : rows) {
      add(findings, by, row.text(0), null, row, known);
    }
  }

  private static void spans(Scope scope, String by, @Nullable Double known, Findings findings) {
    Span span = by.equals("day") ? Span.DAY : Span.WEEK;
    TreeMap<Long, Row> rows = new TreeMap<>();
    for (Row row : scope.group(Scope.MODEL_CALLS, List.of(Dimension.by(span)), MEASURES)) {
      rows.put((Long) row.key().getFirst(), row);
    }
    for (Object part : Sums.withGaps(rows, span)) {
      if (part instanceof Sums.Gap gap) {
        findings.row(by, null, gap.from(), gap.spans(), null, null, null, null, null);
      } else if (part instanceof Long start) {
        Row row = rows.get(start);
        if (row != null) {
          add(findings, by, null, start, row, known);
        }
      }
    }
  }

  private static void add(
      Findings findings,
      String by,
      @Nullable String name,
      @Nullable Long from,
      Row row,
      @Nullable Double known) {
    findings.row(
        by,
        name,
        from,
        1L,
        row.whole(0),
        row.values().get(1),
        row.values().get(2),
        row.whole(0) - row.whole(3),
        known == null || known <= 0 || !row.isKnown(2) ? null : (Double) (row.real(2) / known));
  }
}
