package dev.flightlog.analysis.errors;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.errors.ErrorCount.ErrorClass;
import dev.flightlog.analysis.errors.ErrorCount.Met;
import dev.flightlog.analysis.periods.Trend;
import dev.flightlog.analysis.statistics.Chance;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.Order;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What fails, how often, and whether it is getting better. One aggregate gives both the errors and
 * the calls that could have failed; one read gives an example of the most frequent class.
 */
public final class ErrorsInquiry implements Inquiry<ErrorsInquiry.Failing> {
  public static final Question QUESTION =
      new Question(
              "errors",
              "What fails, how often, and whether it gets better",
              "An error is a tool call with success false, a model call with success false, or any"
                  + " event of category error. Its class is the tool and the error_type; for other"
                  + " events the error_type alone, or the event type where there is none. A call that"
                  + " a person refused (error_type rejected) is no error and is told apart. The share"
                  + " is errors over opportunities: that tool's calls whose result is known, or the"
                  + " model calls; other events have none. The trend compares the shares of two equal"
                  + " periods that end with the hour of the newest event: seven days and the seven before, four"
                  + " weeks where these hold no error; down and up are more than chance (95 %, Agresti and"
                  + " Caffo), ~ may be chance. Programs, messages and what fixed it are told for up to"
                  + " 200,000 events.",
              List.of(),
              200,
              new ErrorsInquiry())
          .usedFor("failing commands, flaky tests");

  /**
   * The errors of one class.
   *
   * @param opportunities calls that could have failed so; null when not known
   * @param before in the earlier period; null when there is none
   * @param recent in the later period; null when there is none
   * @param seen what is known of them besides; null when it was not looked at
   */
  record Failing(
      ErrorClass of,
      Met met,
      @Nullable Long opportunities,
      @Nullable Part before,
      @Nullable Part recent,
      ErrorDetails.@Nullable Seen seen) {
    /** The share of calls that failed in the later period against the earlier, and its sureness. */
    String trend() {
      if (before == null || recent == null || before.errors + recent.errors == 0) {
        return "-";
      }
      Double earlier = before.rate();
      Double later = recent.rate();
      if (earlier == null || later == null) {
        return Units.count(before.errors) + "->" + Units.count(recent.errors);
      }
      String rates = Units.share(earlier) + "->" + Units.share(later);
      return switch (verdict()) {
        case LOWER -> "down " + rates;
        case HIGHER -> "up " + rates;
        default -> "~" + rates;
      };
    }

    Chance.Verdict verdict() {
      return before == null || recent == null || before.of == null || recent.of == null
          ? Chance.Verdict.UNTESTED
          : Chance.ofShares(before.errors, before.of, recent.errors, recent.of);
    }

    @Nullable Double share() {
      return opportunities == null ? null : Wording.ratio(met.count(), opportunities);
    }

    /** The class and, where its type says nothing, the program. */
    String toldWords(Wording wording) {
      String programs = seen == null ? null : seen.programs();
      return words(wording) + (programs == null ? "" : " (" + wording.name(programs) + ')');
    }

    String words(Wording wording) {
      if (of.isOfTool()) {
        return wording.name(of.tool(), "(no tool)") + ' ' + wording.name(of.errorType(), "error");
      } else if (of.isOfModel()) {
        return "model call " + wording.name(of.errorType(), "error");
      }
      return wording.name(of.errorType() == null ? of.type() : of.errorType(), "error");
    }
  }

  /**
   * Errors of one period.
   *
   * @param of calls that could have failed so; null when not known
   */
  record Part(long errors, @Nullable Long of) {
    @Nullable Double rate() {
      return of == null ? null : Wording.ratio(errors, of);
    }
  }

  /** Classes whose message and remedy are told in the text where there is room. */
  private static final int SHOWN = 8;

  private static final Wording ROOMY = new Wording(0, Wording.ROOMY, Dates.UTC);

  /** Most errors first, then the newest; then any fixed order. */
  private static final Comparator<Failing> BY_WORTH =
      Order.comparingLong((Failing f) -> -f.met().count())
          .thenComparingLong(f -> -f.met().last())
          .thenComparing(f -> f.words(Wording.UNBOUNDED));

  @Override
  public List<Column<Failing>> columns() {
    return List.of(
        Column.text(
            "class", "the class in words: tool and error type", f -> f.words(Wording.UNBOUNDED)),
        Column.text(
            "event_type", "tool_call, model_call, or the type of the event", f -> f.of().type()),
        Column.text("tool", "the tool; null for other events", f -> f.of().tool()),
        Column.text("error_type", "as recorded; null when there is none", f -> f.of().errorType()),
        Column.whole("count", "errors of this class", f -> f.met().count()),
        Column.whole(
            "opportunities",
            "calls that could have failed; null when not known",
            Failing::opportunities),
        Column.real("share", "count / opportunities, 0 to 1; null when not known", Failing::share),
        Column.whole(
            "before",
            "errors in the earlier period; null when there is none",
            f -> f.before() == null ? null : (Long) f.before().errors()),
        Column.whole(
            "recent",
            "errors in the later period; null when there is none",
            f -> f.recent() == null ? null : (Long) f.recent().errors()),
        Column.real(
            "before_share",
            "of the calls in the earlier period; null when not known",
            f -> f.before() == null ? null : f.before().rate()),
        Column.real(
            "recent_share",
            "of the calls in the later period; null when not known",
            f -> f.recent() == null ? null : f.recent().rate()),
        Column.text(
            "trend",
            "lower, higher, chance, too_few or untested: of the shares, at 95 %",
            f -> f.verdict().name().toLowerCase(Locale.ROOT)),
        Column.text(
            "programs",
            "which programs failed so, the most frequent first; null when not known",
            f -> f.seen() == null ? null : f.seen().programs()),
        Column.text(
            "message",
            "the newest message; null when not known",
            f -> f.seen() == null ? null : f.seen().message()),
        Column.text(
            "fixed_by",
            "what made it work most often; null when nothing is known",
            f -> f.seen() == null ? null : f.seen().fix()),
        Column.time("last_seen", "the newest error of this class", f -> f.met().last()));
  }

  @Override
  public Result<Failing> ask(Selection selection) {
    ErrorCount all = ErrorCount.of(selection, Filter.EVERYTHING);
    Trend trend = Trend.of(selection);
    ErrorCount before = ErrorCount.of(selection, trend.before());
    ErrorCount recent = ErrorCount.of(selection, trend.recent());
    while (trend.canBeLonger() && before.classes.isEmpty() && recent.classes.isEmpty()) {
      trend = trend.longer();
      before = ErrorCount.of(selection, trend.before());
      recent = ErrorCount.of(selection, trend.recent());
    }
    boolean compared = trend.isKnown();
    Map<String, ErrorDetails.Seen> seen = ErrorDetails.of(selection);
    List<Failing> rows = new ArrayList<>();
    for (Map.Entry<ErrorClass, Met> entry : all.classes.entrySet()) {
      ErrorClass of = entry.getKey();
      rows.add(
          new Failing(
              of,
              entry.getValue(),
              all.opportunities(of),
              compared ? new Part(before.of(of), before.opportunities(of)) : null,
              compared ? new Part(recent.of(of), recent.opportunities(of)) : null,
              seen.get(ErrorDetails.key(of))));
    }
    rows.sort(BY_WORTH);
    Result<Failing> result =
        new Result<Failing>()
            .rows(rows)
            .cell(">count", (f, wording) -> Units.count(f.met().count()))
            .cell("class", Failing::toldWords)
            .cell(">of calls", (f, wording) -> Wording.share(f.share()))
            .cell(trend.period() + " trend", (f, _) -> f.trend())
            .cell("last seen", (f, wording) -> wording.seen(f.met().last()));
    head(selection, result, all);
    if (!rows.isEmpty()) {
      example(selection, rows.getFirst(), result);
      all.rejected.tell(result);
      for (Failing failing : rows.subList(0, Math.min(SHOWN, rows.size()))) {
        ErrorDetails.Seen known = failing.seen();
        if (known != null) {
          result.hint(_ -> failing.words(ROOMY) + ": " + known.words());
        }
      }
      result.hint(reader ->
          "See them: "
              + reader.events("failed", "true")
              + "; how tools do: "
              + reader.ask("tools"));
    }
    return result
        .total("errors", all.errors())
        .total("tool_calls", all.toolCalls())
        .total("tool_errors", all.toolErrors())
        .total("rejected", all.rejected.count())
        .total("model_calls", all.modelCalls())
        .total("trend_period", compared ? trend.period() : null);
  }

  private static void head(Selection selection, Result<Failing> result, ErrorCount all) {
    long errors = all.errors();
    long ofTools = all.toolErrors();
    String found =
        (errors == 0 ? "none" : Units.count(errors))
            + (ofTools == errors ? "" : ", " + Units.count(ofTools) + " of them")
            + " in "
            + Units.count(all.toolCalls(), "tool call");
    result.heading(
        wording ->
            "Errors, "
                + selection.window(wording)
                + ": "
                + found
                + selection.inSessions()
                + "; "
                + selection.newest(),
        wording ->
            "Errors, " + selection.window(wording) + ": " + found + "; " + selection.newestShort());
  }

  /** The message of the newest error of the class; found by its time, so that it costs one look. */
  private static void example(Selection selection, Failing failing, Result<Failing> result) {
    long last = failing.met().last();
    ErrorClass of = failing.of();
    Filter time = new Filter.Time(last, last + 1);
    Filter type = Filter.is(Field.EVENT_TYPE, of.type());
    List<Filter> parts =
        new ArrayList<>(List.of(time, type, same(Events.ERROR_TYPE, of.errorType())));
    if (of.isOfTool()) {
      parts.add(same(Events.TOOL, of.tool()));
      parts.add(Filter.is(Field.SUCCESS, false));
    }
    ReadRequest request = ReadRequest.newestFirst(selection.and(Filter.and(parts))).limit(1);
    for (Event event : selection.store().read(request).finish(request)) {
      String message = event.detail("message");
      message = message == null ? event.detail("output") : message;
      if (message != null && !message.isBlank()) {
        result.note("e.g. \"" + SafeText.sentence(message, 120, 30) + '"');
      }
    }
  }

  private static Filter same(Attribute attribute, @Nullable String value) {
    return value == null ? Filter.absent(attribute) : Filter.is(attribute, value);
  }
}
