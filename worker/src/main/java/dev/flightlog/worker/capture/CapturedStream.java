package dev.flightlog.worker.capture;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.Format;
import dev.flightlog.formats.Formats;
import dev.flightlog.formats.Members;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Projects;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.rows.OccurrenceRows;
import dev.flightlog.formats.usage.Prices;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Understands the JSON lines of one run with the readers that the importer has, so that a stream
 * gives the same events whether it is captured or imported. Not thread-safe.
 */
final class CapturedStream {
  /** Of every text the journal keeps head and tail. */
  private static final int KEPT_BYTES = 32 * 1024;

  /** Responses that are held back, because more of the same may follow. */
  private static final int MOST_RESPONSES = 4;

  private final InstantSource clock;
  private final ReaderSettings settings;
  private final EventBatch batch = new EventBatch();
  private @Nullable Format format;
  private @Nullable OccurrenceReader reader;
  private @Nullable OccurrenceRows rows;
  private String fingerprint = "";

  CapturedStream(Redactor redactor, Prices prices, InstantSource clock) {
    this.clock = clock;
    settings = new ReaderSettings(redactor, null, KEPT_BYTES, prices, new Projects(Map.of()));
  }

  /** The format of the stream, or null before a line of a known one has come. */
  @Nullable Format format() {
    return format;
  }

  /** The first line of the stream, of whatever kind: by it the stream is known again. */
  void first(byte[] bytes, int from, int to) {
    fingerprint = FileContext.fingerprint(bytes, from, to);
  }

  /**
   * Reads a line.
   *
   * @param also gets what the line tells, besides the rows
   * @return false when it is of no known format; then it is text
   */
  boolean read(byte[] bytes, int from, int to, long offset, Occurrence.Sink also) {
    OccurrenceReader known = reader;
    if (known == null) {
      Format found = Formats.ofLine(Members.of(bytes, from, to));
      if (found != Formats.STREAM_JSON && found != Formats.CODEX_EXEC) {
        return false;
      }
      format = found;
      FileContext file = new FileContext("", fingerprint, micros(), this::micros);
      known = found.occurrences(file, settings);
      reader = known;
      rows = new OccurrenceRows(file, settings, MOST_RESPONSES).into(batch);
    }
    OccurrenceRows into = rows;
    try {
      Reading reading =
          known.read(
              bytes,
              from,
              to,
              offset,
              occurrence -> {
                if (into != null) {
                  into.take(occurrence);
                }
                also.take(occurrence);
              });
      return !(reading instanceof Reading.Refused);
    } catch (JsonException notJson) {
      batch.cancel();
      return false;
    }
  }

  private long micros() {
    var now = clock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }

  /** Gives away the events that are complete; a result whose call was never shown is none. */
  void drain(Consumer<dev.flightlog.event.Event> events) {
    for (int row = 0; row < batch.size(); row++) {
      if (batch.mode(row) != EventBatch.Mode.COMPLETE) {
        events.accept(batch.event(row));
      }
    }
    batch.clear();
  }

  /** Nothing more comes: what was held back is complete. */
  void end() {
    OccurrenceRows all = rows;
    if (all != null) {
      all.flush();
    }
  }
}
