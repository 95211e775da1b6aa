package dev.flightlog.analysis.events;

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
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
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
public final class CoverageInquiry implements Inquiry {
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
          new CoverageInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("what", "stable names"),
          Column.whole("count", "how many; null when it cannot be known"),
          Column.whole("of", "of how many; null when that is no number"),
          Column.text("detail", "in words; empty when there is nothing to add"));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    return new String[] {
      row[1] == null ? "?" : Wording.count(row[1]),
      String.valueOf(row[0]).replace('_', ' ')
          + (row[2] == null ? "" : " of " + Wording.count(row[2])),
      row[3] == null ? "-" : wording.name(row[3], "-")
    };
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
  public Findings ask(Scope scope) {
    Row row =
        scope.measure(
            Filter.EVERYTHING,
            Measure.count(Scope.TOOL_CALLS),
            Measure.count(Scope.RESULTS),
            Measure.count(Scope.MODEL_CALLS),
            Measure.countOf(Scope.COST).where(Scope.MODEL_CALLS),
            Measure.countOf(Scope.TOKENS).where(Scope.MODEL_CALLS),
            Measure.count(GAPS),
            Measure.count(Filter.absent(Attribute.of(Field.STORY_ID))),
            Measure.count(Filter.absent(Attribute.of(Field.AGENT_NAME))));
    Sources sources = sources(scope);
    long setAside = scope.store().check().setAside();
    long calls = row.whole(0);
    long modelCalls = row.whole(2);
    Findings findings = new Findings().heads(wording -> List.of(">", "", ""));
    add(findings, "calls_without_result", calls - row.whole(1), calls, null);
    add(findings, "results_without_call", setAside < 0 ? null : (Long) setAside, null, null);
    add(findings, "lines_in_quarantine", sources.quarantined, null, null);
    add(findings, "files_with_an_incomplete_last_line", sources.pending, sources.files, null);
    gaps(scope, row.whole(5), findings);
    String lost = sources.lost == null ? null : "e.g. " + sources.lost;
    add(findings, "sources_gone", sources.gone, sources.lookedFor, lost);
    add(findings, "model_calls_without_price", modelCalls - row.whole(3), modelCalls, null);
    add(findings, "model_calls_without_tokens", modelCalls - row.whole(4), modelCalls, null);
    add(findings, "events_without_story", row.whole(6), scope.events(), null);
    add(findings, "events_without_agent", row.whole(7), scope.events(), null);
    int missing = findings.rows().size();
    String found = missing == 0 ? "nothing is known to be missing" : "what is missing";
    String size =
        " in " + Units.count(scope.events(), "event") + ", " + Units.count(sources.files, "file");
    return findings
        .heading(
            wording ->
                "Coverage, "
                    + scope.window(wording)
                    + ": "
                    + found
                    + size
                    + scope.inSessions()
                    + "; "
                    + scope.newestShort(),
            wording -> "Coverage, " + scope.window(wording) + ": " + found + size)
        .hint(
            lost == null
                ? ""
                : "What is gone at its source stays in the index; keep events_index.db")
        .total("tool_calls", calls)
        .total("model_calls", modelCalls)
        .total("files", sources.files);
  }

  /** A row for what is missing; none for what is whole. */
  private static void add(
      Findings findings,
      String what,
      @Nullable Long count,
      @Nullable Long of,
      @Nullable String detail) {
    if (count == null || count > 0) {
      findings.row(what, count, of, detail);
    }
  }

  private static void gaps(Scope scope, long gaps, Findings findings) {
    if (gaps == 0) {
      return;
    }
    long dropped = 0;
    List<Event> newest = Newest.of(scope, GAPS, MOST_GAPS);
    for (Event gap : newest) {
      Number number = gap.detailNumber("dropped");
      dropped += number == null ? 0 : number.longValue();
    }
    String detail =
        (newest.size() < gaps ? "in the newest " + Units.count(newest.size()) + " of " : "in ")
            + Units.count(gaps, "gap")
            + ", last "
            + (newest.isEmpty() ? "unknown" : Units.ago(newest.getFirst().micros(), scope.now()));
    findings.row("events_dropped_by_a_recorder", dropped, null, detail);
  }

  private static Sources sources(Scope scope) {
    Sources sources = new Sources();
    JsonReader json = new JsonReader();
    for (Map.Entry<String, String> mark : scope.store().marks(MARKS).entrySet()) {
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
