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
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.wording.Units;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is missing from the record. Some of it stands in the events, some in what the store keeps
 * aside, and some in the importer's marks: one for each file that was read, with what of it went to
 * quarantine, whether its last line is whole, and where it lay.
 */
public final class CoverageInquiry implements Inquiry<CoverageInquiry.Missing> {
  private static final String MARKS = "file:";
  private static final Filter GAPS = Filter.is(Field.EVENT_TYPE, EventTypes.RECORDER_GAP);
  private static final int MOST_GAPS = 1_000;

  /** So many files are looked for where they lay. */
  private static final int MOST_FILES = 2_000;

  public static final Question QUESTION =
      new Question(
              "coverage",
              "What is missing from the record",
              "Calls without a result: tool calls whose success is absent. Results without a call wait in"
                  + " the store for a call that was not read; torn or foreign lines went to quarantine;"
                  + " a file whose last line is not complete waits for the rest; dropped events are those"
                  + " that a recorder_gap tells. A source that is gone was imported from a file that lies"
                  + " there no more: its sessions are in the index alone. The last four are of the whole"
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

  /** What the marks of all files say. */
  private static final class Sources {
    long files;
    long quarantined;
    long pending;
    long lookedFor;
    long gone;
    @Nullable String lost;
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
    Sources sources = sources(selection);
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

  private static Sources sources(Selection selection) {
    Sources sources = new Sources();
    JsonReader json = new JsonReader();
    for (Map.Entry<String, String> mark : selection.store().marks(MARKS).entrySet()) {
      sources.files++;
      byte[] utf8 = mark.getValue().getBytes(StandardCharsets.UTF_8);
      try {
        if (json.reset(utf8, 0, utf8.length).value() instanceof Map<?, ?> value) {
          sources.quarantined +=
              value.get("quarantined") instanceof Number number ? number.longValue() : 0;
          sources.pending += Boolean.TRUE.equals(value.get("pending")) ? 1 : 0;
        }
      } catch (JsonException unreadable) {
        // The importer reads the file of such a mark anew.
      }
      if (sources.lookedFor < MOST_FILES) {
        look(mark.getKey().substring(MARKS.length()), sources);
      }
    }
    return sources;
  }

  private static void look(String file, Sources sources) {
    sources.lookedFor++;
    try {
      if (!Files.exists(Path.of(file))) {
        sources.gone++;
        sources.lost = file;
      }
    } catch (InvalidPathException notAPathHere) {
      sources.lookedFor--;
    }
  }
}
