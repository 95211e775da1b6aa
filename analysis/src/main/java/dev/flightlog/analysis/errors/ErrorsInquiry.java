package dev.flightlog.analysis.errors;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.errors.ErrorCount.ErrorClass;
import dev.flightlog.analysis.errors.ErrorCount.Met;
import dev.flightlog.analysis.periods.Trend;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What fails, how often, and whether it is getting better. One aggregate gives both the errors and
 * the calls that could have failed; one read gives an example of the most frequent class.
 */
public final class ErrorsInquiry implements Inquiry {
  public static final Question QUESTION =
      new Question(
          "errors",
          "What fails, how often, and whether it gets better",
          "An error is a tool call with success false, a model call with success false, or any"
              + " event of category error. Its class is the tool and the error_type; for other"
              + " events the error_type alone, or the event type where there is none. A call that"
              + " a person refused (error_type rejected) is no error and is told apart. The share"
              + " is errors over opportunities: that tool's calls whose result is known, or the"
              + " model calls; other events have none. The trend compares two equal periods that"
              + " end with the hour of the newest event: seven days and the seven before; four"
              + " weeks, then the two halves of the data, where these hold no error.",
          List.of(),
          200,
          new ErrorsInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("class", "the class in words: tool and error type"),
          Column.text("event_type", "tool_call, model_call, or the type of the event"),
          Column.text("tool", "the tool; null for other events"),
          Column.text("error_type", "as recorded; null when there is none"),
          Column.whole("count", "errors of this class"),
          Column.whole("opportunities", "calls that could have failed; null when not known"),
          Column.real("share", "count / opportunities, 0 to 1; null when not known"),
          Column.whole("before", "errors in the earlier period; null when there is none"),
          Column.whole("recent", "errors in the later period; null when there is none"),
          Column.time("last_seen", "the newest error of this class"));

  private static final int TYPE = 1;
  private static final int TOOL = 2;
  private static final int ERROR_TYPE = 3;
  private static final int COUNT = 4;
  private static final int OPPORTUNITIES = 5;
  private static final int SHARE = 6;
  private static final int BEFORE = 7;
  private static final int RECENT = 8;
  private static final int LAST = 9;

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    return new String[] {
      Wording.count(row[COUNT]),
      className(row, wording),
      Wording.share(row[SHARE]),
      Trend.words(row[BEFORE], row[RECENT]),
      wording.seen(row[LAST])
    };
  }

  private static String className(@Nullable Object[] row, Wording wording) {
    Object type = row[TYPE];
    if (EventTypes.TOOL_CALL.equals(type)) {
      return wording.name(row[TOOL], "(no tool)") + ' ' + wording.name(row[ERROR_TYPE], "error");
    } else if (EventTypes.MODEL_CALL.equals(type)) {
      return "model call " + wording.name(row[ERROR_TYPE], "error");
    }
    return wording.name(row[ERROR_TYPE] == null ? type : row[ERROR_TYPE], "error");
  }

  @Override
  public Findings ask(Scope scope) {
    ErrorCount all = ErrorCount.of(scope, Filter.EVERYTHING);
    Trend trend = Trend.of(scope);
    ErrorCount before = ErrorCount.of(scope, trend.before());
    ErrorCount recent = ErrorCount.of(scope, trend.recent());
    while (trend.canBeLonger() && before.classes.isEmpty() && recent.classes.isEmpty()) {
      trend = trend.longer();
      before = ErrorCount.of(scope, trend.before());
      recent = ErrorCount.of(scope, trend.recent());
    }
    boolean compared = trend.isKnown();
    String period = trend.period() + " trend";
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Map.Entry<ErrorClass, Met> entry : all.classes.entrySet()) {
      ErrorClass errorClass = entry.getKey();
      Met met = entry.getValue();
      Long opportunities = all.opportunities(errorClass);
      @Nullable Object[] row = new @Nullable Object[COLUMNS.size()];
      row[TYPE] = errorClass.type();
      row[TOOL] = errorClass.tool();
      row[ERROR_TYPE] = errorClass.errorType();
      row[COUNT] = met.count();
      row[OPPORTUNITIES] = opportunities;
      row[SHARE] = opportunities == null ? null : Wording.ratio(met.count(), opportunities);
      row[BEFORE] = compared ? (Object) before.of(errorClass) : null;
      row[RECENT] = compared ? (Object) recent.of(errorClass) : null;
      row[LAST] = met.last();
      row[0] = className(row, Wording.UNBOUNDED);
      rows.add(row);
    }
    rows.sort(ErrorsInquiry::byWorth);
    Findings findings =
        new Findings()
            .heads(wording -> List.of(">count", "class", ">of calls", period, "last seen"));
    for (@Nullable Object[] row : rows) {
      findings.row(row);
    }
    head(scope, findings, all);
    if (!rows.isEmpty()) {
      example(scope, rows.getFirst(), findings);
      all.rejected.tell(findings);
      findings.hint("See them: flightlog search '<message>'; how tools do: flightlog ask tools");
    }
    return findings
        .total("errors", all.errors())
        .total("tool_calls", all.toolCalls())
        .total("tool_errors", all.toolErrors())
        .total("rejected", all.rejected.count())
        .total("model_calls", all.modelCalls())
        .total("trend_period", trend.isKnown() ? trend.period() : null);
  }

  /** Most errors first, then the newest; then any fixed order. */
  private static int byWorth(@Nullable Object[] a, @Nullable Object[] b) {
    int order = Long.compare(whole(b[COUNT]), whole(a[COUNT]));
    order = order != 0 ? order : Long.compare(whole(b[LAST]), whole(a[LAST]));
    return order != 0 ? order : String.valueOf(a[0]).compareTo(String.valueOf(b[0]));
  }

  private static long whole(@Nullable Object value) {
    return value instanceof Long number ? number : 0;
  }

  private static void head(Scope scope, Findings findings, ErrorCount all) {
    long errors = all.errors();
    long ofTools = all.toolErrors();
    String found =
        (errors == 0 ? "none" : Units.count(errors))
            + (ofTools == errors ? "" : ", " + Units.count(ofTools) + " of them")
            + " in "
            + Units.count(all.toolCalls(), "tool call");
    findings.heading(
        wording ->
            "Errors, "
                + scope.window(wording)
                + ": "
                + found
                + scope.inSessions()
                + "; "
                + scope.newest(),
        wording -> "Errors, " + scope.window(wording) + ": " + found + "; " + scope.newestShort());
  }

  /** The message of the newest error of the class; found by its time, so that it costs one look. */
  private static void example(Scope scope, @Nullable Object[] row, Findings findings) {
    long last = whole(row[LAST]);
    Filter time = new Filter.Time(last, last + 1);
    Filter type = Filter.is(Field.EVENT_TYPE, String.valueOf(row[TYPE]));
    List<Filter> parts =
        new ArrayList<>(List.of(time, type, same(Scope.ERROR_TYPE, row[ERROR_TYPE])));
    if (EventTypes.TOOL_CALL.equals(row[TYPE])) {
      parts.add(same(Scope.TOOL, row[TOOL]));
      parts.add(Filter.is(Field.SUCCESS, false));
    }
    ReadRequest request = ReadRequest.newestFirst(scope.and(Filter.and(parts))).limit(1);
    for (Event event : scope.store().read(request).finish(request)) {
      String message = event.detail("message");
      message = message == null ? event.detail("output") : message;
      if (message != null && !message.isBlank()) {
        findings.note("e.g. \"" + SafeText.sentence(message, 120, 30) + '"');
      }
    }
  }

  private static Filter same(Attribute attribute, @Nullable Object value) {
    return value == null ? Filter.absent(attribute) : Filter.is(attribute, value.toString());
  }
}
