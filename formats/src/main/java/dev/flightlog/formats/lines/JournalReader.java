package dev.flightlog.formats.lines;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventLine;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.RowReader;
import dev.flightlog.formats.reading.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Flightlog's own journals, where each line is an event already. Long texts are cut for the
 * index; they stay whole in the journal.
 */
public final class JournalReader implements RowReader {
  /** Lines begin so when a recorder wrote them. */
  private static final byte[] ID = {'{', '"', 'i', 'd', '"', ':', '"'};

  private static final byte[] MODEL_CALL =
      EventTypes.MODEL_CALL.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TOLD = "\"billing\":\"told\"".getBytes(StandardCharsets.US_ASCII);

  /** How details of an event begin that came in by a door of the server. */
  private static final byte[] RECEIVED = "{\"received\":\"".getBytes(StandardCharsets.US_ASCII);

  private final EventLine lines = new EventLine();
  private final EventBatch single = new EventBatch();
  private final RedactionBuffer redacted = new RedactionBuffer();
  private final JsonWriter json = new JsonWriter();
  private final Set<String> sessions = new HashSet<>();
  private final FileContext file;
  private final ReaderSettings settings;
  private final Texts texts;
  private byte[] lastSession = new byte[0];

  /** Reads a file of this context. */
  public JournalReader(FileContext file, ReaderSettings settings) {
    this.file = file;
    this.settings = settings;
    this.texts = settings.texts();
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, EventBatch out) {
    String keyless = beginsWithId(bytes, from, to) ? "" : file.keylessId(offset, bytes, from, to);
    byte[] line = bytes;
    int start = from;
    int end = to;
    if (settings.redactor().redact(bytes, from, to, redacted)) {
      line = redacted.array();
      start = 0;
      end = redacted.length();
    }
    boolean wasLong = settings.keptBytes() > 0 && end - start > 2L * settings.keptBytes();
    EventBatch into = wasLong ? single : out;
    single.clear();
    if (lines.decode(line, start, end, into, Mode.NEW, keyless) != null) {
      return Reading.INCOMPLETE;
    }
    if (wasLong) {
      cut(offset, to - from, out);
    }
    meet(out, out.size() - 1);
    if (wasReceived(out, out.size() - 1) || tellsCost(out, out.size() - 1)) {
      // One of several reports that were received of an event, or a later report of a call that was
      // written down before its run told what it cost.
      out.mode(out.size() - 1, Mode.MERGE);
    }
    return Reading.KNOWN;
  }

  private void cut(long offset, int length, EventBatch out) {
    Event event = single.event(0);
    String details = single.text(0, Field.DETAILS);
    if (details != null) {
      json.clear();
      byte[] encoded = details.getBytes(StandardCharsets.UTF_8);
      texts.value(json, encoded, 0, encoded.length);
      Event.Builder cut = event.toBuilder().set(Field.DETAILS, json.toString());
      if (texts.takeCut()) {
        file.source(json.clear(), offset, length);
        cut.set(Field.SOURCE, json.toString());
      }
      event = cut.build();
    }
    out.add(single.mode(0), event);
  }

  /** True for what a foreign program told: its id comes from a key, and others tell of it, too. */
  private static boolean wasReceived(EventBatch out, int row) {
    if (!out.has(row, Field.DETAILS) || out.length(row, Field.DETAILS) < RECEIVED.length) {
      return false;
    }
    int from = out.offset(row, Field.DETAILS);
    return Arrays.equals(out.bytes(), from, from + RECEIVED.length, RECEIVED, 0, RECEIVED.length);
  }

  private static boolean tellsCost(EventBatch out, int row) {
    if (out.length(row, Field.EVENT_TYPE) != MODEL_CALL.length || !out.has(row, Field.DETAILS)) {
      return false;
    }
    int from = out.offset(row, Field.EVENT_TYPE);
    if (!Arrays.equals(
        out.bytes(), from, from + MODEL_CALL.length, MODEL_CALL, 0, MODEL_CALL.length)) {
      return false;
    }
    int start = out.offset(row, Field.DETAILS);
    int end = start + out.length(row, Field.DETAILS) - TOLD.length;
    for (int i = start; i <= end; i++) {
      if (Arrays.equals(out.bytes(), i, i + TOLD.length, TOLD, 0, TOLD.length)) {
        return true;
      }
    }
    return false;
  }

  private void meet(EventBatch out, int row) {
    if (out.has(row, Field.SESSION_ID)) {
      int from = out.offset(row, Field.SESSION_ID);
      int to = from + out.length(row, Field.SESSION_ID);
      if (!Arrays.equals(lastSession, 0, lastSession.length, out.bytes(), from, to)) {
        lastSession = Arrays.copyOfRange(out.bytes(), from, to);
        sessions.add(new String(lastSession, StandardCharsets.UTF_8));
      }
    }
  }

  private static boolean beginsWithId(byte[] bytes, int from, int to) {
    int end = from + ID.length + EventIds.LENGTH;
    if (to <= end || bytes[end] != '"') {
      return false;
    }
    for (int i = 0; i < ID.length; i++) {
      if (bytes[from + i] != ID[i]) {
        return false;
      }
    }
    for (int i = from + ID.length; i < end; i++) {
      if (!Character.isLetterOrDigit(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    single.clear();
    return lines.decode(bytes, from, to, single, Mode.NEW, "") == null;
  }

  @Override
  public void flush(EventBatch out) {}

  @Override
  public void save(JsonWriter state) {}

  @Override
  public void restore(Map<String, @Nullable Object> state) {}

  @Override
  public Set<String> sessions() {
    return sessions;
  }
}
