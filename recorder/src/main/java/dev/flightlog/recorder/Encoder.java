package dev.flightlog.recorder;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the line of one event after the other without garbage. It belongs to one thread at a time.
 * Each event has a generation; who holds an older one has no say any more.
 */
final class Encoder {
  private static final byte[] ID = ascii("{\"id\":\"");
  private static final byte[] TIMESTAMP = ascii("\",\"timestamp\":\"");
  private static final byte[] QUOTE = ascii("\",");
  private static final byte[] DETAILS = ascii("{");
  private static final int HEADS = 256;
  private static final int STORIES = 4096;

  private static final int USUAL_BYTES = 128 * 1024;
  private static final long ATTRIBUTION = bits(Attribution.FIRST, Attribution.LAST);

  private final TextLimit limit;
  private final Redactor redactor;
  private final EventIds ids = new EventIds();
  private final RedactionBuffer redacted = new RedactionBuffer();
  private final String[] texts = new String[Field.count()];
  private final long[] numbers = new long[Field.count()];
  private final Head[] heads = new Head[HEADS];
  private final Members members = new Members();
  private final byte[] stamp = new byte[Timestamps.TEXT_LENGTH];
  private long stampSecond = Long.MIN_VALUE;
  private final Map<String, Story> stories = new HashMap<>();
  private final Map<String, Session> sessions = new HashMap<>();
  private final Recent recent = new Recent();
  private JsonWriter line = new JsonWriter(2048);
  private long journalDay = Long.MIN_VALUE;
  private @Nullable Story story;

  final DetailWriter details = new DetailWriter();
  private @Nullable Thread owner;
  private long generation;
  private boolean open;
  private long present;
  private Head head;
  private long givenMicros;
  private @Nullable String givenId;
  private byte @Nullable [] givenDetails;
  private int givenFrom;
  private int givenTo;
  private @Nullable String tool;
  private long tokenParts;
  private boolean hasTokenParts;

  /** The line of an event that is complete. */
  interface Line {
    void writeTo(JsonWriter out);
  }

  /** The constant part of events of one type. */
  private record Head(String type, String given, Category category, byte[] json) {
    static Head of(String given, Category category, TextLimit limit) {
      String type = EventTypes.wellFormed(given);
      Category fixed = EventTypes.categoryOf(type);
      Category own = fixed == null ? category : fixed;
      JsonWriter out = new JsonWriter().rawKey(Keys.of(Field.EVENT_TYPE)).string(type);
      out.rawKey(Keys.of(Field.CATEGORY)).string(own.wireName());
      return new Head(type, given, category, limit.members(out));
    }
  }

  private record Story(String name, byte[] journal) {}

  private record Session(Attribution attribution, String id) {}

  Encoder(Redactor redactor, TextLimit limit) {
    this.redactor = redactor;
    this.limit = limit;
    this.head = Head.of("event", Category.EXECUTION, limit);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static long bits(int first, int last) {
    return (1L << (last + 1)) - (1L << first);
  }

  private static long bit(Field field) {
    return 1L << field.ordinal();
  }

  boolean isOpen() {
    return open;
  }

  /** Starts an event and answers its generation. */
  long begin(@Nullable String givenType, @Nullable Category givenCategory, Thread thread) {
    String type = givenType == null ? "event" : givenType;
    Category category = givenCategory == null ? Category.EXECUTION : givenCategory;
    owner = thread;
    open = true;
    present = 0;
    givenMicros = Timestamps.NONE;
    givenId = null;
    givenDetails = null;
    tool = null;
    tokenParts = 0;
    hasTokenParts = false;
    details.clear();
    int slot = type.hashCode() & (HEADS - 1);
    Head known = heads[slot];
    if (known == null || known.category != category || !known.given.equals(type)) {
      known = Head.of(type, category, limit);
      heads[slot] = known;
    }
    head = known;
    return ++generation;
  }

  /** False also while an object of the host's is being written, which may call us again. */
  boolean isUsable(long ofGeneration) {
    return open
        && generation == ofGeneration
        && owner == Thread.currentThread()
        && !details.isWriting();
  }

  /** Ends the event; its builder has no say any more. */
  void end() {
    open = false;
    givenDetails = null;
    if (line.bytes().length > USUAL_BYTES) {
      line = new JsonWriter(2048);
    }
  }

  void text(Field field, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      texts[field.ordinal()] = value;
      present |= bit(field);
    }
  }

  void number(Field field, long value) {
    numbers[field.ordinal()] = value;
    present |= bit(field);
  }

  /** A number outside its range says something else: it is kept in the details. */
  void real(Field field, double value, double least, double most) {
    if (value >= least && value <= most) {
      number(field, Double.doubleToRawLongBits(value));
    } else if (!Double.isNaN(value) && !Double.isInfinite(value)) {
      details.number(field.wireName(), value);
    }
  }

  void tool(String name) {
    tool = name;
    details.text("tool", name, limit);
  }

  /** One kind of tokens; their sum is the whole unless somebody gives one. */
  void addTokens(long tokens) {
    tokenParts += tokens;
    hasTokenParts = true;
  }

  void at(long micros) {
    givenMicros = micros;
  }

  void id(String id) {
    givenId = EventIds.isWellFormed(id) ? id : EventIds.ofKey("id:" + id);
  }

  /** Details that are one object of JSON, encoded and redacted. */
  void details(byte[] json, int from, int to) {
    givenDetails = json;
    givenFrom = from;
    givenTo = to;
  }

  boolean has(Field field) {
    return (present & bit(field)) != 0;
  }

  TextLimit limit() {
    return limit;
  }

  Recent recent() {
    return recent;
  }

  /** The redacted line is in {@link #bytes} from 0 to {@link #length}. */
  byte[] bytes() {
    return line.bytes();
  }

  int length() {
    return line.length();
  }

  /**
   * Encodes and redacts the event.
   *
   * @return the name of its journal
   */
  byte[] encode(Attribution attribution, long now) {
    long micros = givenMicros == Timestamps.NONE ? now : givenMicros;
    if (hasTokenParts && !has(Field.TOKENS_USED)) {
      number(Field.TOKENS_USED, tokenParts);
    }
    JsonWriter out = line.clear();
    out.appendRaw(ID, 0, ID.length);
    int at = out.reserve(EventIds.LENGTH);
    String id = givenId;
    if (id == null) {
      ids.next(now / 1000, out.bytes(), at);
    } else {
      System.arraycopy(ascii(id), 0, out.bytes(), at, EventIds.LENGTH);
    }
    out.appendRaw(TIMESTAMP, 0, TIMESTAMP.length);
    at = out.reserve(Timestamps.TEXT_LENGTH);
    timestamp(micros, out.bytes(), at);
    out.appendRaw(QUOTE, 0, QUOTE.length);
    out.raw(head.json, 0, head.json.length);
    attribution(out, attribution);
    fields(out);
    byte[] encoded = givenDetails;
    if (encoded != null) {
      out.rawKey(Keys.of(Field.DETAILS)).raw(encoded, givenFrom, givenTo);
    } else if (!details.isEmpty()) {
      out.rawKey(Keys.of(Field.DETAILS));
      int start = out.length();
      JsonWriter found = details.members();
      out.appendRaw(DETAILS, 0, 1);
      out.appendRaw(found.bytes(), 0, found.length());
      out.endObject();
      redact(out, start);
    }
    out.endObject();
    recent.add(head.type, tool, micros);
    String name = texts[Field.STORY_ID.ordinal()];
    return journal(has(Field.STORY_ID) && name != null ? name : attribution.story, micros);
  }

  /** Encodes and redacts an event that is complete. */
  byte[] take(Line complete, String story, long micros) {
    complete.writeTo(line.clear());
    redact(line, 0);
    return journal(story, micros);
  }

  /** Redacts what was written last, a whole value; everything else was when it was cached. */
  private void redact(JsonWriter out, int from) {
    if (redactor.redact(out.bytes(), from, out.length(), redacted)) {
      out.truncate(from);
      out.appendRaw(redacted.array(), 0, redacted.length());
    }
  }

  /** Writes a time; within one second only its fraction is computed anew. */
  private void timestamp(long micros, byte[] out, int at) {
    long second = Math.floorDiv(micros, 1_000_000);
    if (second == stampSecond) {
      int rest = (int) (micros - second * 1_000_000);
      for (int i = 25; i > 19; i--) {
        stamp[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    } else {
      Timestamps.write(micros, stamp, 0);
      // A year beyond 9999 is clamped, together with its fraction.
      stampSecond = micros == Timestamps.parse(stamp, 0, stamp.length) ? second : Long.MIN_VALUE;
    }
    System.arraycopy(stamp, 0, out, at, stamp.length);
  }

  private void attribution(JsonWriter out, Attribution attribution) {
    if ((present & ATTRIBUTION) == 0) {
      out.raw(attribution.block, 0, attribution.block.length);
      return;
    }
    for (int i = Attribution.FIRST; i <= Attribution.LAST; i++) {
      Field field = Field.at(i);
      if (!has(field)) {
        String name = texts[Field.STORY_ID.ordinal()];
        if (field == Field.SESSION_ID && has(Field.STORY_ID) && name != null) {
          member(out, field, session(attribution, name));
        } else {
          attribution.writeMember(out, i);
        }
      } else if (field.kind() == Field.Kind.INTEGER) {
        out.rawKey(Keys.of(field)).number(numbers[i]);
      } else {
        member(out, field, texts[i]);
      }
    }
  }

  /** Most values come again; one that does not is encoded where it stands, without garbage. */
  private void member(JsonWriter out, Field field, String text) {
    byte[] known = members.get(field, text);
    if (known == null && members.admits(field, text)) {
      known = limit.member(field, text);
      members.put(field, text, known);
    }
    if (known != null) {
      out.raw(known, 0, known.length);
      return;
    }
    int start = out.length();
    out.rawKey(Keys.of(field)).string(limit.label(text));
    redact(out, start);
  }

  /** The session of events of this story, as long as they come from the same scope. */
  private String session(Attribution attribution, String name) {
    Session last = sessions.get(name);
    if (last == null || last.attribution != attribution) {
      if (sessions.size() >= STORIES) {
        sessions.clear();
      }
      last = new Session(attribution, attribution.session(name));
      sessions.put(name, last);
    }
    return last.id;
  }

  private void fields(JsonWriter out) {
    long left = present & ~ATTRIBUTION;
    while (left != 0) {
      int i = Long.numberOfTrailingZeros(left);
      left &= left - 1;
      Field field = Field.at(i);
      out.rawKey(Keys.of(field));
      switch (field.kind()) {
        case REAL -> out.number(Double.longBitsToDouble(numbers[i]));
        case BOOLEAN -> out.bool(numbers[i] != 0);
        default -> out.number(numbers[i]);
      }
    }
  }

  private byte[] journal(String name, long micros) {
    return story(name, micros).journal;
  }

  private Story story(String name, long micros) {
    long day = Math.floorDiv(micros, Timestamps.DAY);
    Story last = story;
    if (last != null && day == journalDay && name.equals(last.name)) {
      return last;
    }
    if (day != journalDay || stories.size() >= STORIES) {
      stories.clear();
    }
    journalDay = day;
    Story known = stories.get(name);
    if (known == null) {
      known = new Story(name, ascii(Journals.fileName(redactor.redact(name), micros)));
      stories.put(name, known);
    }
    story = known;
    return known;
  }
}
