package dev.flightlog.formats;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.usage.Billing;
import dev.flightlog.formats.usage.Usage;
import org.jspecify.annotations.Nullable;

/** Builds the rows of one file: what all of them have in common. Not thread-safe. */
final class Rows {
  final JsonWriter details = new JsonWriter(16 * 1024);
  private final JsonWriter source = new JsonWriter(256);
  private final FileContext file;

  Rows(FileContext file) {
    this.file = file;
  }

  FileContext file() {
    return file;
  }

  /** Begins a row whose id comes from a key, and its details, which {@link #end} closes. */
  void begin(EventBatch out, Mode mode, String key, String type, Category category, Where where) {
    beginWithId(out, mode, EventIds.ofKey(key), type, category, where);
  }

  void begin(EventBatch out, Mode mode, String key, String type, Where where) {
    Category category = EventTypes.categoryOf(type);
    begin(out, mode, key, type, category == null ? Category.EXECUTION : category, where);
  }

  void beginWithId(
      EventBatch out, Mode mode, String id, String type, Category category, Where where) {
    out.begin(mode);
    out.text(Field.ID, id);
    out.text(Field.EVENT_TYPE, type);
    out.text(Field.CATEGORY, category.wireName());
    where.put(out);
    if (where.length() > 0) {
      source.clear();
      file.source(source, where.offset(), where.length());
      out.json(Field.SOURCE, source);
    }
    details.clear().beginObject();
  }

  /** Tells of a call's row where its result stands. */
  void resultAt(EventBatch out, Where call, Where result) {
    file.source(source.clear(), call.offset(), call.length(), result.offset(), result.length());
    out.json(Field.SOURCE, source);
  }

  /** A detail that is absent when null. */
  Rows detail(String key, @Nullable String value) {
    if (value != null) {
      details.key(key).string(value);
    }
    return this;
  }

  Rows detail(String key, long value) {
    details.key(key).number(value);
    return this;
  }

  /** What decides the price of a call beside its model and its four kinds of tokens. */
  void billing(Usage usage, boolean told) {
    if (usage.cacheWrite1h() > 0) {
      detail("cache_write_1h_tokens", usage.cacheWrite1h());
    }
    if (usage.webSearches() > 0) {
      detail("web_searches", usage.webSearches());
    }
    detail(Billing.DETAIL, told ? Billing.TOLD : usage.billingText());
  }

  /** Tells why a task failed: its error's type and message, and the words as they were. */
  void failure(Texts texts, String words) {
    ToolErrors.Named named = ToolErrors.name(texts.clean(words, ToolErrors.LOOKED_AT));
    detail("error_type", named.type().equals("tool_error") ? "task_failed" : named.type());
    detail("message", named.message());
    if (texts.keepsContent()) {
      details.key("error_message");
      texts.text(details, words);
    }
  }

  /** Ends the row with the details written since its beginning. */
  void end(EventBatch out) {
    details.endObject();
    if (details.length() > 2) {
      out.json(Field.DETAILS, details);
    }
    out.end();
  }
}
