package dev.flightlog.formats.otlp;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.rows.RowBuilder;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.formats.usage.Usage;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rows of all telemetry have in common. Not thread-safe. */
final class TelemetryRows {
  /** The door by which a row came in; the first detail of what was received. */
  static final String RECEIVED = "received";

  /** A clock that is wrong by more than this is not believed, in microseconds. */
  private static final long AHEAD = 3_600_000_000L;

  private static final int NAMES = 4096;

  final Related related;
  final Texts texts;
  private final RowBuilder rows;
  private final Prices prices;
  private final @Nullable String story;
  private final boolean received;
  private final JsonWriter scratch = new JsonWriter(4096);
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Set<String> sessions = new HashSet<>();
  private EventBatch out = new EventBatch();
  private long now;
  private long offset;
  private int length;

  TelemetryRows(FileContext file, ReaderSettings settings, boolean received, Related related) {
    this.related = related;
    texts = settings.texts();
    rows = new RowBuilder(file, texts);
    prices = settings.prices();
    story = settings.story();
    this.received = received;
  }

  void into(EventBatch batch, long nowMicros, long recordOffset, int recordLength) {
    out = batch;
    now = nowMicros;
    offset = recordOffset;
    length = recordLength;
  }

  Set<String> sessions() {
    return sessions;
  }

  /** A short text, redacted and bounded. The same few come again and again. */
  @Nullable String name(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    String known = names.get(text);
    if (known == null) {
      known = texts.name(text);
      if (known == null) {
        return null;
      }
      if (names.size() >= NAMES) {
        names.clear();
      }
      if (text.length() <= 200) {
        names.put(text, known);
      }
    }
    return known;
  }

  /** The type of an event of this name. */
  String type(String name) {
    String clean = name(name);
    return clean == null ? "log" : EventTypes.wellFormed(clean);
  }

  /** Who acts in a session. */
  Attribution of(
      @Nullable String session,
      @Nullable String project,
      @Nullable String agent,
      @Nullable String workflow) {
    return new Attribution(name(session), story, name(project), name(agent), null, name(workflow));
  }

  /**
   * When and where a record stands.
   *
   * @param nanos unsigned; 0 when not told
   */
  Origin origin(long nanos, Attribution of) {
    long micros = Long.divideUnsigned(nanos, 1000);
    boolean told = nanos != 0 && micros <= now + AHEAD;
    return new Origin(told ? micros : now, told, of, offset, length);
  }

  /** Tells that the session was met, once for each earlier time. */
  void session(Origin origin, @Nullable String client) {
    String session = origin.of().session();
    if (session == null) {
      return;
    }
    if (!received) {
      sessions.add(session);
    }
    if (related.isNew(session, origin.time())) {
      Attribution of = origin.of();
      begin(
          "session:" + session,
          "session_started",
          Category.EXECUTION,
          new Origin(
              origin.time(),
              origin.timed(),
              Attribution.of(session, of.story(), of.project(), null),
              0,
              0));
      detail("client", name(client)).end();
    }
  }

  /** Begins a row whose category its type has. */
  TelemetryRows begin(String key, String type, Origin origin) {
    Category category = EventTypes.categoryOf(type);
    return begin(key, type, category == null ? Category.EXECUTION : category, origin);
  }

  TelemetryRows begin(String key, String type, Category category, Origin origin) {
    rows.begin(out, Mode.MERGE, EventIds.ofKey(key), type, category, origin);
    if (received) {
      rows.detail(RECEIVED, "otlp");
    }
    return this;
  }

  TelemetryRows detail(String key, @Nullable String value) {
    rows.detail(key, name(value));
    return this;
  }

  /** An id of hexadecimal digits, in which no secret can be. */
  TelemetryRows id(String key, @Nullable String hex) {
    rows.detail(key, hex);
    return this;
  }

  /** A number that is absent when negative. */
  TelemetryRows detail(String key, long value) {
    if (value >= 0) {
      rows.detail(key, value);
    }
    return this;
  }

  TelemetryRows flag(String key, @Nullable Boolean value) {
    if (value != null) {
      rows.details().key(key).bool(value);
    }
    return this;
  }

  TelemetryRows success(@Nullable Boolean value) {
    if (value != null) {
      out.flag(Field.SUCCESS, value);
    }
    return this;
  }

  TelemetryRows duration(long ms) {
    if (ms >= 0) {
      out.integer(Field.DURATION_MS, ms);
    }
    return this;
  }

  TelemetryRows component(String service) {
    out.text(Field.COMPONENT, name(service));
    return this;
  }

  TelemetryRows error(@Nullable ErrorClass error) {
    if (error != null) {
      String type = name(error.type());
      rows.error(
          new ErrorClass(
              type == null ? ErrorClass.UNKNOWN : type, texts.clean(error.message(), 300)));
    }
    return this;
  }

  TelemetryRows resultAt(long micros) {
    rows.detail(dev.flightlog.event.Merge.RESULT_AT, Timestamps.text(micros));
    return this;
  }

  /** Content, redacted and cut; a text that is JSON is kept as JSON. */
  TelemetryRows content(String key, @Nullable Object value) {
    Content content = value == null ? Content.NONE : content(value);
    rows.content(key, content);
    return this;
  }

  private Content content(Object value) {
    if (value instanceof String text && !text.isEmpty()) {
      char first = text.charAt(0);
      if (first == '{' || first == '[') {
        byte[] utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try {
          var json = new dev.flightlog.event.json.JsonReader().reset(utf8, 0, utf8.length);
          json.skip();
          json.finish();
          return new Content(utf8, 0, utf8.length);
        } catch (dev.flightlog.event.json.JsonException noJson) {
          return Content.text(text);
        }
      }
    }
    return Content.value(value);
  }

  /** All attributes but these, as one object. */
  TelemetryRows attributes(Attributes attributes, Set<String> but) {
    scratch.clear().beginObject();
    int empty = scratch.length();
    attributes
        .map()
        .forEach((key, value) -> {
          if (value != null && !but.contains(key)) {
            scratch.key(key).value(value);
          }
        });
    if (scratch.length() > empty) {
      scratch.endObject();
      rows.details().key("attributes");
      texts.value(rows.details(), scratch.bytes(), 0, scratch.length());
    }
    return this;
  }

  /**
   * What a response used and costs: by our prices, else as it was told.
   *
   * @param told in dollars, or NaN
   */
  TelemetryRows usage(@Nullable String model, Usage usage, double told) {
    out.integer(Field.TOKENS_USED, usage.total());
    long window = prices.window(model, usage.context() + usage.output());
    if (window > 0 && usage.context() > 0) {
      double percent = Math.min(100, 100.0 * usage.context() / window);
      out.real(Field.CONTEXT_PERCENT, Math.round(percent * 100) / 100.0);
    }
    detail("model", model);
    double own = prices.cost(model, usage);
    boolean unknown = Double.isNaN(own) && told > 0;
    rows.usage(usage, unknown);
    double cost = unknown ? told : own;
    if (!Double.isNaN(cost)) {
      rows.details().key("cost_usd").number(Math.round(cost * 1e9) / 1e9);
    }
    return this;
  }

  void end() {
    rows.end(out);
  }
}
