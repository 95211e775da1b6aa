package dev.flightlog.analysis;

import dev.flightlog.analysis.wording.SafeText;
import dev.flightlog.analysis.wording.Units;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What fails, how often, and whether it is getting better. One aggregate gives both the errors and
 * the calls that could have failed; one read gives an example of the most frequent class.
 */
final class ErrorsInquiry implements Inquiry {
  static final Question QUESTION =
      new Question(
          "errors",
          "What fails, how often, and whether it gets better",
          "An error is a tool call with success false, a model call with success false, or any"
              + " event of category error. Its class is the tool and the error_type; for other"
              + " events the error_type alone, or the event type where there is none. A call that"
              + " a person refused (error_type rejected) is no error and is told apart. The share"
              + " is errors over opportunities: that tool's calls whose result is known, or the"
              + " model calls; other events have none. The trend compares two equal periods that"
              + " end with the hour of the newest event: seven days and the seven before, or the"
              + " two halves of shorter data.",
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
  public List<String> heads(Scope scope, Wording wording) {
    Trend trend = Trend.of(scope);
    String period = trend.isKnown() ? trend.period() + " trend" : "trend";
    return List.of(">count", "class", ">of calls", period, "last seen");
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

  /** One class while it is counted. */
  private static final class Kind {
    final @Nullable Object[] row = new @Nullable Object[COLUMNS.size()];
    long count;
    long before;
    long recent;
    long last = Long.MIN_VALUE;
  }

  private record Key(String type, @Nullable String tool, @Nullable String errorType) {}

  @Override
  public Findings ask(Scope scope) {
    Trend trend = Trend.of(scope);
    Map<Key, Kind> kinds = new HashMap<>();
    Map<@Nullable String, Long> results = new HashMap<>();
    Rejections rejected = new Rejections();
    long toolCalls = 0;
    long modelCalls = 0;
    for (Row row : groups(scope, trend)) {
      String type = String.valueOf(row.text(0));
      boolean tool = type.equals(EventTypes.TOOL_CALL);
      boolean model = type.equals(EventTypes.MODEL_CALL);
      boolean failed = Boolean.FALSE.equals(row.key().get(4));
      boolean refused = tool && failed && EventTypes.REJECTED.equals(row.text(3));
      long count = row.whole(0);
      if (tool) {
        toolCalls += count;
        results.merge(row.text(2), row.key().get(4) == null ? 0 : count, Long::sum);
      } else if (model) {
        modelCalls += count;
      }
      if (refused) {
        rejected.add(row.text(2), count);
      } else if (((tool || model) && failed) || Category.ERROR.wireName().equals(row.text(1))) {
        Key key = new Key(type, tool ? row.text(2) : null, row.text(3));
        Kind kind = kinds.computeIfAbsent(key, _ -> new Kind());
        kind.count += count;
        kind.before += row.whole(1);
        kind.recent += row.whole(2);
        kind.last = Math.max(kind.last, row.whole(3));
      }
    }
    return findings(scope, trend, kinds, results, rejected, toolCalls, modelCalls);
  }

  private static List<Row> groups(Scope scope, Trend trend) {
    return scope.group(
        Filter.or(
            Scope.TOOL_CALLS,
            Scope.MODEL_CALLS,
            Filter.is(Field.CATEGORY, Category.ERROR.wireName())),
        List.of(
            Dimension.of(Field.EVENT_TYPE),
            Dimension.of(Field.CATEGORY),
            new Dimension.ByAttribute(Scope.TOOL),
            new Dimension.ByAttribute(Scope.ERROR_TYPE),
            Dimension.of(Field.SUCCESS)),
        List.of(
            Measure.count(),
            Measure.count(trend.before()),
            Measure.count(trend.recent()),
            Measure.last()));
  }

  private static Findings findings(
      Scope scope,
      Trend trend,
      Map<Key, Kind> kinds,
      Map<@Nullable String, Long> results,
      Rejections rejected,
      long toolCalls,
      long modelCalls) {
    Findings findings = new Findings();
    List<@Nullable Object[]> rows = new ArrayList<>();
    long errors = 0;
    long toolErrors = 0;
    for (Map.Entry<Key, Kind> entry : kinds.entrySet()) {
      Key key = entry.getKey();
      Kind kind = entry.getValue();
      boolean tool = key.type().equals(EventTypes.TOOL_CALL);
      boolean model = key.type().equals(EventTypes.MODEL_CALL);
      Long chances = tool ? results.getOrDefault(key.tool(), 0L) : model ? modelCalls : null;
      @Nullable Object[] row = kind.row;
      row[TYPE] = key.type();
      row[TOOL] = key.tool();
      row[ERROR_TYPE] = key.errorType();
      row[COUNT] = kind.count;
      row[OPPORTUNITIES] = chances;
      row[SHARE] =
          chances == null || chances == 0 ? null : (Object) ((double) kind.count / chances);
      row[BEFORE] = trend.isKnown() ? (Object) kind.before : null;
      row[RECENT] = trend.isKnown() ? (Object) kind.recent : null;
      row[LAST] = kind.last;
      row[0] = className(row, new Wording(0, Integer.MAX_VALUE / 4));
      rows.add(row);
      errors += kind.count;
      toolErrors += tool ? kind.count : 0;
    }
    rows.sort(ErrorsInquiry::byWorth);
    for (@Nullable Object[] row : rows) {
      findings.row(row);
    }
    head(scope, findings, errors, toolErrors, toolCalls);
    rejected.tell(findings);
    if (!rows.isEmpty()) {
      example(scope, rows.getFirst(), findings);
      findings.hint("See them: flightlog search '<message>'; how tools do: flightlog ask tools");
    }
    return findings
        .total("errors", errors)
        .total("tool_calls", toolCalls)
        .total("tool_errors", toolErrors)
        .total("rejected", rejected.count())
        .total("model_calls", modelCalls)
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

  private static void head(
      Scope scope, Findings findings, long errors, long toolErrors, long toolCalls) {
    String found =
        (errors == 0 ? "none" : Units.count(errors))
            + (toolErrors == errors ? "" : ", " + Units.count(toolErrors) + " of them")
            + " in "
            + Units.count(toolCalls, "tool call");
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
