package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers that roll-ups add up. Their order is in the file. */
enum Numeric {
  DURATION_MS(Attribute.of(Field.DURATION_MS)),
  TOKENS_USED(Attribute.of(Field.TOKENS_USED)),
  TIME_SAVED(Attribute.of(Field.TIME_SAVED_OR_WASTED_MS)),
  CONTEXT_PERCENT(Attribute.of(Field.CONTEXT_PERCENT)),
  COST_USD(Attribute.detail("cost_usd")),
  INPUT_TOKENS(Attribute.detail("input_tokens")),
  OUTPUT_TOKENS(Attribute.detail("output_tokens")),
  CACHE_READ_TOKENS(Attribute.detail("cache_read_tokens")),
  CACHE_WRITE_TOKENS(Attribute.detail("cache_write_tokens")),
  CACHE_WRITE_1H_TOKENS(Attribute.detail("cache_write_1h_tokens")),
  WEB_SEARCHES(Attribute.detail("web_searches")),
  WAITING_MS(Attribute.detail("waiting_ms"));

  static final Numeric[] ALL = values();

  /** From here on the numbers are real; before they are whole. */
  static final int FIRST_REAL = CONTEXT_PERCENT.ordinal();

  /** From here on they are in the details. */
  static final int FIRST_DETAIL = COST_USD.ordinal();

  final Attribute attribute;

  Numeric(Attribute attribute) {
    this.attribute = attribute;
  }

  static List<Attribute> attributes() {
    List<Attribute> attributes = new ArrayList<>();
    for (Numeric numeric : ALL) {
      attributes.add(numeric.attribute);
    }
    return attributes;
  }

  static @Nullable Numeric of(Attribute attribute) {
    for (Numeric numeric : ALL) {
      if (numeric.attribute.equals(attribute)) {
        return numeric;
      }
    }
    return null;
  }
}
