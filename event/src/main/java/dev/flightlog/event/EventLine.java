package dev.flightlog.event;

import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import dev.flightlog.event.json.JsonText;
import dev.flightlog.event.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The line form of an event: one JSON object, fields in the order of {@link Field}, null fields not
 * written. Described, with golden files, in {@code docs/format/journal.md}.
 *
 * <p>Reading is generous and loses nothing: an unknown top-level key, and a value that does not fit
 * its field, move into {@code details}. A decoder belongs to one thread.
 */
public final class EventLine {
  /** The largest integer of a field: what every JSON reader keeps exactly, and sums can bear. */
  private static final long MOST = 1L << 53;

  /** Some programs count a little more than fits a window; beyond this it is no share of one. */
  private static final double MOST_PERCENT = 1_000;

  /** The member by which a line says that it is one of several reports of the same event. */
  private static final byte[] JOIN = "join".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] MERGE = quoted(Mode.MERGE);
  private static final byte[] COMPLETE = quoted(Mode.COMPLETE);

  private final JsonReader reader = new JsonReader();
  private final JsonReader single = new JsonReader();
  private final JsonWriter extra = new JsonWriter();
  private byte[] scratch = new byte[256];

  /** A quoted time, to be written over. */
  private static final byte[] STAMP =
      ('"' + "0".repeat(Timestamps.TEXT_LENGTH) + '"').getBytes(StandardCharsets.US_ASCII);

  private static final byte[][] KEYS = keys();

  private static byte[][] keys() {
    byte[][] keys = new byte[Field.count()][];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = ('"' + Field.at(i).wireName() + "\":").getBytes(StandardCharsets.US_ASCII);
    }
    return keys;
  }

  private static byte[] quoted(Mode mode) {
    return ('"' + mode.wireName() + '"').getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Appends the line form, without a line feed. {@code source} is of the index only and is left
   * out.
   */
  public static void encode(Event event, JsonWriter out) {
    encode(event, Mode.NEW, out);
  }

  /** As {@link #encode(Event, JsonWriter)}; the line says how it is joined with others. */
  public static void encode(Event event, Mode mode, JsonWriter out) {
    out.beginObject();
    for (int i = 0; i < Field.count(); i++) {
      Field field = Field.at(i);
      Object value = event.get(field);
      if (value == null || field == Field.SOURCE) {
        continue;
      }
      out.key(field.wireName());
      switch (field.kind()) {
        case TIME -> out.string(Timestamps.text((Long) value));
        case JSON -> out.raw((String) value);
        default -> out.value(value);
      }
    }
    if (mode != Mode.NEW) {
      out.key("join").string(mode.wireName());
    }
    out.endObject();
  }

  /** As {@link #encode(Event, Mode, JsonWriter)}, of a row of a batch, without an object of it. */
  public static void encode(EventBatch batch, int row, Mode mode, JsonWriter out) {
    out.beginObject();
    byte[] texts = batch.bytes();
    long left = batch.presence(row) & ~(1L << Field.SOURCE.ordinal());
    while (left != 0) {
      Field field = Field.at(Long.numberOfTrailingZeros(left));
      left &= left - 1;
      out.rawKey(KEYS[field.ordinal()]);
      switch (field.kind()) {
        case TEXT -> {
          int from = batch.offset(row, field);
          out.string(texts, from, from + batch.length(row, field));
        }
        case JSON -> {
          int from = batch.offset(row, field);
          out.raw(texts, from, from + batch.length(row, field));
        }
        case TIME -> {
          int at = out.raw(STAMP, 0, STAMP.length).length() - STAMP.length;
          Timestamps.write(batch.integer(row, field), out.bytes(), at + 1);
        }
        case INTEGER -> out.number(batch.integer(row, field));
        case REAL -> out.number(batch.real(row, field));
        case BOOLEAN -> out.bool(batch.flag(row, field));
      }
    }
    if (mode != Mode.NEW) {
      out.key("join").string(mode.wireName());
    }
    out.endObject();
  }

  /**
   * Reads one line into a row of the batch, and ends the row.
   *
   * @param mode of a line that does not tell its own
   * @param keylessId the id of the event when the line has none
   * @return null, or what is wrong with the line; then the batch is as it was
   */
  public @Nullable String decode(
      byte[] line, int from, int to, EventBatch batch, Mode mode, String keylessId) {
    batch.begin(mode);
    String wrong;
    try {
      wrong = row(line, from, to, batch, keylessId);
    } catch (JsonException e) {
      wrong = e.getMessage();
    }
    if (wrong == null) {
      batch.end();
    } else {
      batch.cancel();
    }
    return wrong;
  }

  private @Nullable String row(byte[] line, int from, int to, EventBatch batch, String keylessId) {
    extra.clear().beginObject();
    int detailsFrom = -1;
    int detailsTo = -1;
    reader.reset(line, from, to);
    if (reader.peek() != Token.OBJECT) {
      return "a line is one JSON object";
    }
    reader.enterObject();
    while (reader.nextKey()) {
      int keyFrom = reader.keyStart();
      int keyTo = reader.keyEnd();
      Token token = reader.peek();
      reader.skip();
      Field field = Field.named(line, keyFrom, keyTo);
      if (field == Field.DETAILS && token == Token.OBJECT && detailsFrom < 0) {
        detailsFrom = reader.start();
        detailsTo = reader.end();
      } else if (field == null && isJoin(line, keyFrom, keyTo, batch)) {
        continue;
      } else if (!(token == Token.NULL && field != null)
          && (field == null || batch.hasSet(field) || !take(field, token, line, batch))) {
        keep(line, keyFrom, keyTo, reader);
      }
    }
    reader.finish();
    if (!batch.hasSet(Field.TIMESTAMP)) {
      return "there is no timestamp (RFC 3339)";
    }
    if (!batch.hasSet(Field.EVENT_TYPE)) {
      return "there is no event_type";
    }
    if (!batch.hasSet(Field.ID)) {
      batch.text(Field.ID, keylessId);
    }
    if (!batch.hasSet(Field.CATEGORY)) {
      batch.text(Field.CATEGORY, Category.EXECUTION.wireName());
    }
    details(line, detailsFrom, detailsTo, batch);
    return null;
  }

  /** Takes the value that was skipped last when it is the way in which the line is joined. */
  private boolean isJoin(byte[] line, int keyFrom, int keyTo, EventBatch batch) {
    if (!Arrays.equals(line, keyFrom, keyTo, JOIN, 0, JOIN.length)) {
      return false;
    }
    boolean merge = isSkipped(MERGE, line);
    if (merge || isSkipped(COMPLETE, line)) {
      batch.mode(merge ? Mode.MERGE : Mode.COMPLETE);
      return true;
    }
    return false;
  }

  private boolean isSkipped(byte[] value, byte[] line) {
    return Arrays.equals(line, reader.start(), reader.end(), value, 0, value.length);
  }

  private void details(byte[] line, int from, int to, EventBatch batch) {
    boolean nothingExtra = extra.length() == 1;
    if (!nothingExtra) {
      if (from >= 0) {
        reader.reset(line, from, to).enterObject();
        while (reader.nextKey()) {
          int keyFrom = reader.keyStart();
          int keyTo = reader.keyEnd();
          reader.skip();
          keep(line, keyFrom, keyTo, reader);
        }
      }
      batch.json(Field.DETAILS, extra.endObject());
    } else if (from >= 0 && !isEmptyObject(line, from, to)) {
      batch.text(Field.DETAILS, line, from, to);
    }
  }

  private static boolean isEmptyObject(byte[] line, int from, int to) {
    for (int i = from + 1; i < to - 1; i++) {
      if (line[i] > ' ' || line[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** Puts the value that was skipped last under its raw key into the details. */
  private void keep(byte[] line, int keyFrom, int keyTo, JsonReader skipped) {
    byte[] key = new byte[keyTo - keyFrom + 3];
    key[0] = '"';
    System.arraycopy(line, keyFrom, key, 1, keyTo - keyFrom);
    key[key.length - 2] = '"';
    key[key.length - 1] = ':';
    extra.rawKey(key).raw(line, skipped.start(), skipped.end());
  }

  /** Takes the value that was skipped last, if it fits the field. */
  private boolean take(Field field, Token token, byte[] line, EventBatch batch) {
    return switch (field.kind()) {
      case TEXT -> token == Token.STRING && text(field, line, batch);
      case TIME -> time(token, line, batch);
      case INTEGER -> token == Token.NUMBER && integer(field, batch);
      case REAL -> token == Token.NUMBER && real(field, batch);
      case BOOLEAN -> {
        if (token == Token.BOOLEAN) {
          batch.flag(field, line[reader.start()] == 't');
        }
        yield token == Token.BOOLEAN;
      }
      case JSON -> false;
    };
  }

  private boolean text(Field field, byte[] line, EventBatch batch) {
    int from = reader.start() + 1;
    int to = reader.end() - 1;
    byte[] source = line;
    if (reader.escaped()) {
      if (scratch.length < to - from) {
        scratch = new byte[to - from];
      }
      to = JsonText.unescape(line, from, to, scratch, 0);
      from = 0;
      source = scratch;
    }
    if (from == to) {
      return false;
    }
    return switch (field) {
      case ID -> id(source, from, to, batch);
      case EVENT_TYPE -> {
        String type = new String(source, from, to - from, StandardCharsets.UTF_8);
        String wellFormed = EventTypes.wellFormed(type);
        batch.text(field, wellFormed);
        yield wellFormed.equals(type);
      }
      case CATEGORY -> {
        Category category =
            Category.of(new String(source, from, to - from, StandardCharsets.UTF_8));
        if (category != null) {
          batch.text(field, category.wireName());
        }
        yield category != null;
      }
      default -> {
        batch.text(field, source, from, to);
        yield true;
      }
    };
  }

  /**
   * An id of another form stays in the details; ours is made from it, so that it means the same
   * thing twice.
   */
  private static boolean id(byte[] source, int from, int to, EventBatch batch) {
    if (EventIds.isWellFormed(source, from, to)) {
      batch.text(Field.ID, source, from, to);
      return true;
    }
    String id = new String(source, from, to - from, StandardCharsets.UTF_8);
    batch.text(Field.ID, EventIds.ofKey("id:" + id));
    return false;
  }

  private boolean time(Token token, byte[] line, EventBatch batch) {
    long micros = Timestamps.NONE;
    if (token == Token.STRING) {
      micros = Timestamps.parse(line, reader.start() + 1, reader.end() - 1);
    } else if (token == Token.NUMBER) {
      micros = Timestamps.ofEpochNumber(number().real(0));
    }
    if (micros != Timestamps.NONE) {
      batch.integer(Field.TIMESTAMP, micros);
    }
    return micros != Timestamps.NONE;
  }

  /**
   * A whole number within {@link #MOST}, not below zero where less than nothing has no meaning; any
   * other moves to the details as it is written.
   */
  private boolean integer(Field field, EventBatch batch) {
    JsonReader number = number();
    long value = number.integer(Long.MIN_VALUE);
    boolean whole = number.isWhole() || Double.parseDouble(number.raw()) == value;
    boolean counts = field == Field.DURATION_MS || field == Field.TOKENS_USED;
    boolean fits = whole && value >= (counts ? 0 : -MOST) && value <= MOST;
    if (fits) {
      batch.integer(field, value);
    }
    return fits;
  }

  private boolean real(Field field, EventBatch batch) {
    double value = number().real(Double.NaN);
    boolean share = field == Field.CONTEXT_PERCENT;
    boolean fits = !Double.isNaN(value) && (!share || (value >= 0 && value <= MOST_PERCENT));
    if (fits) {
      batch.real(field, value);
    }
    return fits;
  }

  private JsonReader number() {
    return single.reset(reader.bytes(), reader.start(), reader.end());
  }
}
