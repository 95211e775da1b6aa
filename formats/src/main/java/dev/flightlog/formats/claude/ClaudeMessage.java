package dev.flightlog.formats.claude;

import dev.flightlog.formats.reading.JsonField;
import dev.flightlog.formats.reading.JsonFields;
import dev.flightlog.formats.reading.JsonObjects;
import dev.flightlog.formats.usage.Billing;
import dev.flightlog.formats.usage.Usage;

/** The parts of a message, which comes on a line or wrapped in another. Reused. */
final class ClaudeMessage {
  final JsonFields fields = new JsonFields();
  final JsonField id = fields.field("id");
  final JsonField role = fields.field("role");
  final JsonField model = fields.field("model");
  final JsonField stopReason = fields.field("stop_reason");

  /** Qwen Code's lines have it, whose envelope is otherwise the same. */
  final JsonField parts = fields.field("parts");

  final JsonObjects<Block> blocks = new JsonObjects<>(Block::new, block -> block.fields);
  final JsonField content = fields.field("content").walk(blocks);
  final Counts counts = new Counts();
  final JsonField usage = fields.field("usage").walk(counts.fields);

  /** One block of content. */
  static final class Block {
    final JsonFields fields = new JsonFields();
    final JsonField type = fields.field("type");
    final JsonField id = fields.field("id");
    final JsonField name = fields.field("name");
    final JsonField input = fields.field("input");
    final JsonField toolUseId = fields.field("tool_use_id");
    final JsonField content = fields.field("content");
    final JsonField isError = fields.field("is_error");
    final JsonField text = fields.field("text");
    final JsonField thinking = fields.field("thinking");
  }

  /** What a response used. */
  static final class Counts {
    final JsonFields fields = new JsonFields();
    private final JsonField input = fields.field("input_tokens");
    private final JsonField output = fields.field("output_tokens");
    private final JsonField cacheWrite = fields.field("cache_creation_input_tokens");
    private final JsonField cacheRead = fields.field("cache_read_input_tokens");
    private final JsonField tier = fields.field("service_tier");
    private final JsonField speed = fields.field("speed");
    private final JsonField place = fields.field("inference_geo");
    private final JsonFields creation = new JsonFields();
    private final JsonField oneHour = creation.field("ephemeral_1h_input_tokens");
    private final JsonField cacheCreation = fields.field("cache_creation").walk(creation);
    private final JsonFields server = new JsonFields();
    private final JsonField webSearches = server.field("web_search_requests");
    private final JsonField serverTools = fields.field("server_tool_use").walk(server);

    /** Of type {@code advisor_message}: usages of other models, which the counts leave out. */
    final JsonField iterations = fields.field("iterations");

    Usage usage() {
      return new Usage(
          input.integer(0),
          output.integer(0),
          cacheRead.integer(0),
          cacheWrite.integer(0),
          cacheCreation.isObject() ? oneHour.integer(0) : 0,
          serverTools.isObject() ? webSearches.integer(0) : 0,
          tier.has() || speed.has() || place.has()
              ? Billing.of(tier.string(), speed.string(), place.string())
              : Billing.STANDARD);
    }
  }
}
