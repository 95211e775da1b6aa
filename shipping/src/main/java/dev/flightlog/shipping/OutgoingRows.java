package dev.flightlog.shipping;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import dev.flightlog.event.json.JsonWriter;

/**
 * Rows as they are sent to a shared store: with the machine they come from, and without texts where
 * those stay at home. The same row becomes the same every time. Not safe for several threads.
 */
public final class OutgoingRows {
  /** About what the sender takes in each row; more costs a copy. */
  private static final int SENDER_BYTES = 48;

  private final Sender sender;
  private final JsonReader reader = new JsonReader();
  private final JsonWriter details = new JsonWriter();

  public OutgoingRows(Sender sender) {
    this.sender = sender;
  }

  /** An event as it is sent. */
  public Event of(Event event) {
    EventBatch one = new EventBatch();
    one.add(Mode.NEW, event);
    return of(one).event(0);
  }

  /** All rows of a batch, which stays as it is. */
  public EventBatch of(EventBatch batch) {
    long more = (long) batch.size() * SENDER_BYTES;
    EventBatch out =
        new EventBatch(
            batch.size(), (int) Math.min(batch.byteSize() + more, Integer.MAX_VALUE - 8));
    for (int row = 0; row < batch.size(); row++) {
      out.begin(batch.mode(row));
      for (int i = 0; i < Field.count(); i++) {
        Field field = Field.at(i);
        if (field != Field.DETAILS && batch.has(row, field) && isSent(field)) {
          copy(batch, row, field, out);
        }
      }
      writeDetails(batch, row);
      if (details.length() > 0) {
        out.json(Field.DETAILS, details);
      }
      out.end();
    }
    return out;
  }

  /** Where a text can be read again is the business of the machine that has it. */
  private boolean isSent(Field field) {
    return field != Field.SOURCE || !sender.figuresOnly();
  }

  private static void copy(EventBatch batch, int row, Field field, EventBatch out) {
    switch (field.kind()) {
      case TEXT, JSON -> {
        int from = batch.offset(row, field);
        out.text(field, batch.bytes(), from, from + batch.length(row, field));
      }
      case TIME, INTEGER -> out.integer(field, batch.integer(row, field));
      case REAL -> out.real(field, batch.real(row, field));
      case BOOLEAN -> out.flag(field, batch.flag(row, field));
    }
  }

  private void writeDetails(EventBatch batch, int row) {
    details.clear().beginObject();
    boolean machine = !sender.machine().isEmpty();
    boolean person = !sender.person().isEmpty();
    if (!sender.figuresOnly() && batch.has(row, Field.DETAILS)) {
      int from = batch.offset(row, Field.DETAILS);
      int to = from + batch.length(row, Field.DETAILS);
      if (isPlain(batch.bytes(), from, to)) {
        if (to - from > 2) {
          details.raw(batch.bytes(), from + 1, to - 1);
        }
        writeSender(machine, person);
        return;
      }
    }
    if (batch.has(row, Field.DETAILS)) {
      int from = batch.offset(row, Field.DETAILS);
      int to = from + batch.length(row, Field.DETAILS);
      int begun = details.length();
      try {
        reader.reset(batch.bytes(), from, to).enterObject();
        while (reader.nextKey()) {
          String key = reader.key();
          machine &= !key.equals(Sender.MACHINE);
          person &= !key.equals(Sender.PERSON);
          member(key);
        }
        reader.finish();
      } catch (JsonException e) {
        // What is no object cannot be told apart from a text.
        details.truncate(begun);
        if (!sender.figuresOnly()) {
          details.clear().raw(batch.bytes(), from, to);
          return;
        }
      }
    }
    writeSender(machine, person);
    if (details.length() == 2 && !batch.has(row, Field.DETAILS)) {
      details.clear();
    }
  }

  /**
   * Whether these details are an object as it is written here, and name no sender yet: then they
   * need not be written again member by member.
   */
  private boolean isPlain(byte[] json, int from, int to) {
    try {
      reader.reset(json, from, to).enterObject();
      int next = from + 1;
      while (reader.nextKey()) {
        int start = reader.keyStart();
        if (start != next + 1
            || reader.isKeyEscaped()
            || reader.keyIs(Sender.MACHINE)
            || reader.keyIs(Sender.PERSON)) {
          return false;
        }
        int value = reader.position();
        reader.skip();
        if (value != reader.keyEnd() + 2 || isSpace(json[value])) {
          return false;
        }
        next = reader.position() + 1; // Behind the comma.
      }
      int end = reader.position();
      reader.finish();
      return end == to && end == Math.max(next, from + 2);
    } catch (JsonException e) {
      return false;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  private void writeSender(boolean machine, boolean person) {
    if (machine) {
      details.key(Sender.MACHINE).string(sender.machine());
    }
    if (person) {
      details.key(Sender.PERSON).string(sender.person());
    }
    details.endObject();
  }

  private void member(String key) {
    Token token = reader.peek();
    if (!sender.figuresOnly()) {
      int start = reader.position();
      reader.skip();
      details.key(key).raw(reader.bytes(), start, reader.position());
      return;
    }
    switch (token) {
      case NUMBER -> {
        if (Figures.isName(key)) {
          int start = reader.position();
          reader.skip();
          details.key(key).raw(reader.bytes(), start, reader.position());
        } else {
          reader.skip();
        }
      }
      case BOOLEAN -> {
        boolean value = reader.bool();
        if (Figures.isName(key)) {
          details.key(key).bool(value);
        }
      }
      case STRING -> {
        String value = reader.string();
        if (Figures.isSent(key, value)) {
          details.key(key).string(value);
        }
      }
      default -> reader.skip();
    }
  }
}
