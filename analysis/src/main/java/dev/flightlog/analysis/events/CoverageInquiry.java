package dev.flightlog.analysis.events;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Newest;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.Units;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is missing from the record. Some of it stands in the events, some in what the store keeps
 * aside, and some in the importer's marks: {@link ImportedFiles}.
 */
public final class CoverageInquiry implements Inquiry<CoverageInquiry.Missing> {
  private static final Filter GAPS = Filter.is(Field.EVENT_TYPE, EventTypes.RECORDER_GAP);
  private static final int MOST_GAPS = 1_000;

  private static final int MOST_SESSIONS = 100;
  private static final int MOST_NAMES = 5;
  private static final Filter STARTED = Filter.is(Field.EVENT_TYPE, "session_started");

  public static final Question QUESTION =
      new Question(
              "coverage",
              "What is missing from the record",
              "Calls without a result: tool calls whose success is absent. Results without a call wait in"
                  + " the store for a call that was not read; torn or foreign lines went to quarantine;"
                  + " a file whose last line is not complete waits for the rest; records and fields that no reader"
                  + " knows are counted by name, and files left out told with the reason; dropped events are those"
                  + " that a recorder_gap tells. A source that is gone was imported from a file that lies"
                  + " there no more: its sessions are in the index alone. What is told of files is of the whole"
                  + " store, whatever it is narrowed to. Up to 2,000 files are looked for.",
              List.of(),
              200,
              new CoverageInquiry())
          .usedFor("can these numbers be trusted");

  private static final Measure TOLD_TOKENS =
      Measure.countOf(Events.TOKENS).where(Events.MODEL_CALLS);
  private static final Measure DROPPED = Measure.count(GAPS);
  private static final Measure WITHOUT_STORY =
      Measure.count(Filter.absent(Attribute.of(Field.STORY_ID)));
  private static final Measure WITHOUT_AGENT =
      Measure.count(Filter.absent(Attribute.of(Field.AGENT_NAME)));

  /**
   * Something that is missing.
   *
   * @param what a stable name
   * @param count null when it cannot be known
   * @param of how many there are of what some are missing of; null when that is no number
   */
  record Missing(String what, @Nullable Long count, @Nullable Long of, @Nullable String detail) {}

  @Override
  public List<Column<Missing>> columns() {
    return List.of(
        Column.text("what", "stable names", Missing::what),
        Column.whole("count", "how many; null when it cannot be known", Missing::count),
        Column.whole("of", "of how many; null when that is no number", Missing::of),
        Column.text("detail", "in words; empty when there is nothing to add", Missing::detail));
  }

  @Override
  public Result<Missing> ask(Selection selection) {
    Group all =
        selection.measure(
            Filter.EVERYTHING,
            Measures.TOOL_CALLS,
            Measures.RESULTS,
            Measures.MODEL_CALLS,
            TOLD_TOKENS,
            DROPPED,
            WITHOUT_STORY,
            WITHOUT_AGENT);
    ImportedFiles sources = ImportedFiles.of(selection);
    long setAside = selection.store().check().setAside();
    long calls = all.count(Measures.TOOL_CALLS);
    long modelCalls = all.count(Measures.MODEL_CALLS);
    Result<Missing> result =
        new Result<Missing>()
            .cell(">", (m, _) -> m.count() == null ? "?" : Wording.count(m.count()))
            .cell("", (m, _) -> words(m))
            .cell("", (m, wording) -> wording.name(m.detail(), "-"));
    add(result, "calls_without_result", calls - all.count(Measures.RESULTS), calls, null);
    add(result, "results_without_call", setAside < 0 ? null : (Long) setAside, null, null);
    add(result, "lines_in_quarantine", sources.quarantined, null, null);
    add(result, "records_of_unknown_kind", total(sources.unknown), null, names(sources.unknown));
    add(result, "fields_not_known", (long) sources.strange.size(), null, names(sources.strange));
    add(result, "files_left_out", (long) sources.leftOut.size(), null, first(sources.leftOut));
    long empty = sessionsWithoutEvents(selection);
    add(
        result,
        "sessions_without_events",
        empty,
        null,
        "among the newest " + MOST_SESSIONS + " sessions");
    add(
        result,
        "tokens_beyond_the_steps",
        sources.beyondSteps,
        null,
        "that runs told as their totals; they count");
    add(result, "files_with_an_incomplete_last_line", sources.pending, sources.files, null);
    gaps(selection, all.count(DROPPED), result);
    String lost = sources.lost == null ? null : "e.g. " + sources.lost;
    add(result, "sources_gone", sources.gone, sources.lookedFor, lost);
    add(
        result,
        "model_calls_without_price",
        ModelUse.of(selection, Filter.EVERYTHING).unpriced(),
        modelCalls,
        null);
    add(
        result,
        "model_calls_without_tokens",
        modelCalls - all.count(TOLD_TOKENS),
        modelCalls,
        null);
    add(result, "events_without_story", all.count(WITHOUT_STORY), selection.events(), null);
    add(result, "events_without_agent", all.count(WITHOUT_AGENT), selection.events(), null);
    int missing = result.rows().size();
    String found = missing == 0 ? "nothing is known to be missing" : "what is missing";
    String size =
        " in "
            + Units.count(selection.events(), "event")
            + ", "
            + Units.count(sources.files, "file");
    if (lost != null) {
      result.hint(_ -> "What is gone at its source stays in the index; keep events_index.db");
    }
    return result
        .heading(
            wording ->
                "Coverage, "
                    + selection.window(wording)
                    + ": "
                    + found
                    + size
                    + selection.inSessions()
                    + "; "
                    + selection.newestShort(),
            wording -> "Coverage, " + selection.window(wording) + ": " + found + size)
        .total("tool_calls", calls)
        .total("model_calls", modelCalls)
        .total("files", sources.files);
  }

  /** A row for what is missing; none for what is whole. */
  private static void add(
      Result<Missing> result,
      String what,
      @Nullable Long count,
      @Nullable Long of,
      @Nullable String detail) {
    if (count == null || count > 0) {
      result.row(new Missing(what, count, of, detail));
    }
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The most frequent names. */
  private static @Nullable String names(Map<String, Long> counts) {
    String most =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_NAMES)
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", "));
    return most.isEmpty() ? null : counts.size() > MOST_NAMES ? most + ", \u2026" : most;
  }

  private static @Nullable String first(Map<String, String> leftOut) {
    return leftOut.entrySet().stream()
        .findFirst()
        .map(file -> "e.g. " + file.getKey() + ": " + file.getValue())
        .orElse(null);
  }

  /** Sessions of which nothing is known but that there was one. */
  private static long sessionsWithoutEvents(Selection selection) {
    long empty = 0;
    for (Event started : Newest.of(selection, STARTED, MOST_SESSIONS)) {
      String session = started.text(Field.SESSION_ID);
      if (session != null) {
        ReadRequest two = ReadRequest.newestFirst(Filter.is(Field.SESSION_ID, session)).limit(2);
        empty += selection.store().read(two).finish(two).size() < 2 ? 1 : 0;
      }
    }
    return empty;
  }

  private static String words(Missing missing) {
    return missing.what().replace('_', ' ')
        + (missing.of() == null ? "" : " of " + Units.count(missing.of()));
  }

  private static void gaps(Selection selection, long gaps, Result<Missing> result) {
    if (gaps == 0) {
      return;
    }
    long dropped = 0;
    List<Event> newest = Newest.of(selection, GAPS, MOST_GAPS);
    for (Event gap : newest) {
      Number number = gap.detailNumber("dropped");
      dropped += number == null ? 0 : number.longValue();
    }
    String detail =
        (newest.size() < gaps ? "in the newest " + Units.count(newest.size()) + " of " : "in ")
            + Units.count(gaps, "gap")
            + ", last "
            + (newest.isEmpty()
                ? "unknown"
                : Units.ago(newest.getFirst().micros(), selection.now()));
    result.row(new Missing("events_dropped_by_a_recorder", dropped, null, detail));
  }
}
