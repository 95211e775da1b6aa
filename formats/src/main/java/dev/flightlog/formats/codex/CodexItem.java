package dev.flightlog.formats.codex;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.reading.JsonField;
import dev.flightlog.formats.reading.JsonFields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A finished item of a turn, under {@code item_completed}. Threads whose history is paginated, as
 * they are since 0.171, tell in items what older ones tell in events of their own ({@code
 * user_message}, {@code agent_message}, {@code exec_command_end} and so on); a thread that tells
 * both is read once.
 */
final class CodexItem {
  private final JsonFields fields = new JsonFields();
  final JsonField id = fields.field("id");
  private final JsonField type = fields.field("type");
  private final JsonField content = fields.field("content");
  private final JsonField exitCode = fields.field("exit_code");
  private final JsonField status = fields.field("status");
  private final JsonField result = fields.field("result");
  private final JsonField error = fields.field("error");
  final JsonField field;

  /** What was told last in the one form, to be passed over in the other. */
  private final Told asked = new Told("asked");

  private final Told said = new Told("said");

  CodexItem(JsonFields payload) {
    field = payload.field("item").walk(fields);
  }

  /** What an item is. */
  enum Kind {
    PROMPT,
    ANSWER,
    COMMAND,
    PATCH,
    MCP_CALL,
    /** Told elsewhere, or by nothing that counts. */
    OTHER,
    UNKNOWN
  }

  Kind kind() {
    String name = type.string();
    return switch (name == null ? "" : name) {
      case "UserMessage" -> Kind.PROMPT;
      case "AgentMessage" -> Kind.ANSWER;
      case "CommandExecution" -> Kind.COMMAND;
      case "FileChange" -> Kind.PATCH;
      case "McpToolCall" -> Kind.MCP_CALL;
      case "Plan",
          "Reasoning",
          "Extension",
          "HookPrompt",
          "DynamicToolCall",
          "CollabAgentToolCall",
          "SubAgentActivity",
          "WebSearch",
          "ImageView",
          "ImageGeneration",
          "Sleep",
          "EnteredReviewMode",
          "ExitedReviewMode",
          "ContextCompaction" ->
          Kind.OTHER;
      default -> Kind.UNKNOWN;
    };
  }

  /** The type as it is written, for a report. */
  String name() {
    String name = type.string();
    return name == null ? "item_completed without type" : "item_completed " + name;
  }

  /** The texts of the content, one below the other. */
  String text() {
    StringBuilder joined = new StringBuilder();
    if (content.value() instanceof List<?> parts) {
      for (Object part : parts) {
        if (part instanceof Map<?, ?> map && map.get("text") instanceof String text) {
          joined.append(joined.isEmpty() ? "" : "\n").append(text);
        }
      }
    }
    return joined.toString();
  }

  long exit() {
    return exitCode.integer(0);
  }

  /** True for an item that says of itself that it did not work. */
  boolean hasFailed() {
    String how = status.string();
    if (how != null) {
      String lower = how.toLowerCase(Locale.ROOT);
      if (lower.equals("failed") || lower.equals("declined")) {
        return true;
      }
    }
    return error.has()
        || (result.value() instanceof Map<?, ?> map
            && (Boolean.TRUE.equals(map.get("isError"))
                || Boolean.TRUE.equals(map.get("is_error"))));
  }

  /** True when a person's words were not told just now in the other form. */
  boolean isFirstAsking(boolean asItem, String text) {
    return asked.isFirst(asItem, text);
  }

  /** The same of an agent's words. */
  boolean isFirstSaying(boolean asItem, String text) {
    return said.isFirst(asItem, text);
  }

  void save(JsonWriter state) {
    asked.save(state);
    said.save(state);
  }

  void restore(Map<String, @Nullable Object> state) {
    asked.restore(state);
    said.restore(state);
  }

  /** The form and the text of what was told last. */
  private static final class Told {
    private final String name;
    private @Nullable Boolean form;
    private int hash;

    Told(String name) {
      this.name = name;
    }

    boolean isFirst(boolean asItem, String text) {
      if (form != null && form != asItem && hash == text.hashCode()) {
        form = null;
        return false;
      }
      form = asItem;
      hash = text.hashCode();
      return true;
    }

    void save(JsonWriter state) {
      if (form != null) {
        state.key(name).number(hash).key(name + "_item").bool(form);
      }
    }

    void restore(Map<String, @Nullable Object> state) {
      if (state.get(name) instanceof Number number
          && state.get(name + "_item") instanceof Boolean told) {
        hash = number.intValue();
        form = told;
      }
    }
  }
}
