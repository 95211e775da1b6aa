package dev.flightlog.analysis.events;

import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the importer's marks say: one for each file that was read, with what of it went to
 * quarantine, what no reader knows, whether its last line is whole, and where it lay; and one for
 * each file that was left out, with the reason.
 */
final class ImportedFiles {
  private static final String MARKS = "file:";
  private static final String LEFT_OUT = "left:";

  /** So many files are looked for where they lay. */
  private static final int MOST_FILES = 2_000;

  long files;
  long quarantined;
  long pending;
  long lookedFor;
  long gone;
  @Nullable String lost;

  /** Tokens that runs told as their totals, and that their steps lack. */
  long beyondSteps;

  final Map<String, Long> unknown = new TreeMap<>();
  final Map<String, Long> strange = new TreeMap<>();
  final Map<String, String> leftOut = new TreeMap<>();

  private ImportedFiles() {}

  static ImportedFiles of(Selection selection) {
    ImportedFiles all = new ImportedFiles();
    JsonReader json = new JsonReader();
    for (Map.Entry<String, String> mark : selection.store().marks(MARKS).entrySet()) {
      all.files++;
      byte[] utf8 = mark.getValue().getBytes(StandardCharsets.UTF_8);
      try {
        if (json.reset(utf8, 0, utf8.length).value() instanceof Map<?, ?> value) {
          all.add(value);
        }
      } catch (JsonException unreadable) {
        // The importer reads the file of such a mark anew.
      }
      if (all.lookedFor < MOST_FILES) {
        all.look(mark.getKey().substring(MARKS.length()));
      }
    }
    selection
        .store()
        .marks(LEFT_OUT)
        .forEach((file, reason) -> all.leftOut.put(file.substring(LEFT_OUT.length()), reason));
    return all;
  }

  private void add(Map<?, ?> mark) {
    quarantined += number(mark.get("quarantined"));
    pending += Boolean.TRUE.equals(mark.get("pending")) ? 1 : 0;
    if (mark.get("state") instanceof Map<?, ?> state) {
      beyondSteps += number(state.get("beyond_steps"));
    }
    add(mark.get("format"), mark.get("unknown"), unknown);
    add(mark.get("format"), mark.get("strange"), strange);
  }

  private static void add(
      @Nullable Object format, @Nullable Object counts, Map<String, Long> into) {
    if (counts instanceof Map<?, ?> map) {
      map.forEach((name, count) -> into.merge(format + ": " + name, number(count), Long::sum));
    }
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  private void look(String file) {
    lookedFor++;
    try {
      if (!Files.exists(Path.of(file))) {
        gone++;
        lost = file;
      }
    } catch (InvalidPathException notAPathHere) {
      lookedFor--;
    }
  }
}
