package dev.flightlog.formats.codex;

import dev.flightlog.formats.reading.JsonField;
import dev.flightlog.formats.reading.JsonFields;
import dev.flightlog.formats.usage.Usage;

/** Tokens as Codex counts them: what was cached is part of the input. Reused. */
final class CodexCounts {
  final JsonFields fields = new JsonFields();
  private final JsonField input = fields.field("input_tokens");
  private final JsonField cached = fields.field("cached_input_tokens");
  private final JsonField written = fields.field("cache_write_input_tokens");
  private final JsonField output = fields.field("output_tokens");

  /** Running totals or a single response, as they stand there. */
  record Counts(long input, long cached, long written, long output) {
    static final Counts NONE = new Counts(0, 0, 0, 0);

    /** What came since; from the start where a counter began anew. */
    Counts since(Counts before) {
      boolean anew = input < before.input || output < before.output;
      return anew
          ? this
          : new Counts(
              input - before.input,
              cached - before.cached,
              written - before.written,
              output - before.output);
    }

    Usage usage() {
      return Usage.ofInclusive(input, output, cached, written);
    }

    String key() {
      return input + "/" + cached + "/" + output;
    }
  }

  Counts counts() {
    return new Counts(
        Math.max(0, input.integer(0)),
        Math.max(0, cached.integer(0)),
        Math.max(0, written.integer(0)),
        Math.max(0, output.integer(0)));
  }
}
