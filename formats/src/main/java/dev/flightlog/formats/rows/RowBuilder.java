package dev.flightlog.formats.rows;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.usage.Billing;
import dev.flightlog.formats.usage.Usage;
import org.jspecify.annotations.Nullable;

/** Builds the rows of one file: what all of them have in common. Not thread-safe. */
public final class RowBuilder {
  private final JsonWriter details = new JsonWriter(16 * 1024);
  private final JsonWriter source = new JsonWriter(256);
  private final FileContext file;
  private final Texts texts;

  /** Rows of a file, with its texts as they may be kept. */
  public RowBuilder(FileContext file, Texts texts) {
    this.file = file;
    this.texts = texts;
  }

  /** The file whose rows these are. */
  public FileContext file() {
    return file;
  }

  /** Begins a row whose id comes from a key, and its details, which {@link #end} closes. */
  public void begin(EventBatch out, Mode mode, String key, String type, Origin origin) {
    beginWithId(out, mode, EventIds.ofKey(key), type, origin);
  }

  /** Begins a row with this id, in the category of its type. */
  public void beginWithId(EventBatch out, Mode mode, String id, String type, Origin origin) {
    Category category = EventTypes.categoryOf(type);
    begin(out, mode, id, type, category == null ? Category.EXECUTION : category, origin);
  }

  /** Begins a row with this id and category. */
  public void begin(
      EventBatch out, Mode mode, String id, String type, Category category, Origin origin) {
    out.begin(mode);
    out.text(Field.ID, id);
    out.text(Field.EVENT_TYPE, type);
    out.text(Field.CATEGORY, category.wireName());
    Attribution of = origin.of();
    out.integer(Field.TIMESTAMP, origin.time());
    out.text(Field.PROJECT, of.project());
    out.text(Field.SESSION_ID, of.session());
    out.text(Field.STORY_ID, of.story());
    out.text(Field.AGENT_NAME, of.agent());
    out.text(Field.TASK_ID, of.task());
    out.text(Field.WORKFLOW_ID, of.workflow());
    if (origin.step() >= 0) {
      out.integer(Field.STEP, origin.step());
    }
    if (origin.length() > 0) {
      source.clear();
      file.source(source, origin.offset(), origin.length());
      out.json(Field.SOURCE, source);
    }
    details.clear().beginObject();
  }

  /** Tells of a call's row where its result stands. */
  void resultAt(EventBatch out, Origin call, Origin result) {
    if (call.length() > 0 && result.length() > 0) {
      file.source(source.clear(), call.offset(), call.length(), result.offset(), result.length());
      out.json(Field.SOURCE, source);
    }
  }

  /** The details, for values of other kinds. */
  public JsonWriter details() {
    return details;
  }

  /** A detail that is absent when null. */
  public RowBuilder detail(String key, @Nullable String value) {
    if (value != null) {
      details.key(key).string(value);
    }
    return this;
  }

  /** A detail that is a number. */
  public RowBuilder detail(String key, long value) {
    details.key(key).number(value);
    return this;
  }

  /** Content as a detail, redacted and cut; nothing where content must not be kept. */
  public RowBuilder content(String key, Content content) {
    if (!content.isEmpty() && texts.keepsContent()) {
      details.key(key);
      texts.value(details, content.bytes(), content.from(), content.to());
    }
    return this;
  }

  /** The class of an error and its message. */
  public RowBuilder error(@Nullable ErrorClass error) {
    return error == null
        ? this
        : detail("error_type", error.type()).detail("message", error.message());
  }

  /** What a response used: its four kinds of tokens, and what else decides its price. */
  public void usage(Usage usage, boolean costTold) {
    detail("input_tokens", usage.input());
    detail("output_tokens", usage.output());
    detail("cache_read_tokens", usage.cacheRead());
    detail("cache_write_tokens", usage.cacheWrite());
    if (usage.cacheWrite1h() > 0) {
      detail("cache_write_1h_tokens", usage.cacheWrite1h());
    }
    if (usage.webSearches() > 0) {
      detail("web_searches", usage.webSearches());
    }
    detail(Billing.DETAIL, costTold ? Billing.TOLD : usage.billingText());
  }

  /** Tells why a task failed: its error's type and message, and the words as they were. */
  public void failure(String words) {
    ErrorClass named = ErrorClasses.name(texts.clean(words, ErrorClasses.LOOKED_AT));
    error(named.isVague() ? new ErrorClass("task_failed", named.message()) : named);
    content("error_message", Content.text(words));
  }

  /** Ends the row with the details written since its beginning. */
  public void end(EventBatch out) {
    details.endObject();
    if (details.length() > 2) {
      out.json(Field.DETAILS, details);
    }
    out.end();
  }
}
