package dev.flightlog.formats.otlp;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.RowReader;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of OTLP/JSON: a request or {@code …Data} a line, as the collector's file exporter
 * writes them, or one document; and files of OTLP in protobuf.
 */
public final class OtlpReader implements RowReader {
  private final OtlpRows rows;
  private final FileContext file;

  /** Reads a file of this context. */
  public OtlpReader(FileContext file, ReaderSettings settings) {
    this.file = file;
    rows = OtlpRows.ofFile(file, settings);
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, EventBatch out)
      throws JsonException {
    long now = file.now() == Timestamps.NONE ? file.fallbackTime() : file.now();
    boolean binary = from < to && bytes[from] != '{';
    Signal signal = binary ? null : signal(bytes, from, to);
    if (!binary && signal == null) {
      return Reading.unknown("no telemetry");
    }
    rows.into(out, now, binary ? 0 : offset, binary ? 0 : to - from);
    try {
      if (signal == null) {
        OtlpFile.read(bytes, from, to, rows);
      } else {
        OtlpBytes.json(signal, bytes, from, to, rows);
      }
    } catch (BadRecordException e) {
      return new Reading.Refused(String.valueOf(e.getMessage()));
    }
    return rows.refused() > 0 && rows.records() == 0
        ? Reading.unknown("refused: " + rows.reason())
        : Reading.KNOWN;
  }

  /** What a document carries, by its first member that tells; null when none does. */
  static @Nullable Signal signal(byte[] bytes, int from, int to) {
    JsonReader json = new JsonReader().reset(bytes, from, to);
    if (json.peek() != JsonReader.Token.OBJECT) {
      return null;
    }
    json.enterObject();
    while (json.nextKey()) {
      for (Signal signal : Signal.values()) {
        if (json.keyIs(signal.resources())
            || json.keyIs(JsonFrames.underscored(signal.resources()))) {
          return signal;
        }
      }
      json.skip();
    }
    return null;
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    return signal(bytes, from, to) != null;
  }

  @Override
  public void flush(EventBatch out) {}

  @Override
  public void save(JsonWriter state) {}

  @Override
  public void restore(Map<String, @Nullable Object> state) {}

  @Override
  public Set<String> sessions() {
    return rows.sessions();
  }
}
