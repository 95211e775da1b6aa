package dev.flightlog.formats;

import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** The result in a {@code tool_result} block: a text, or a list of blocks. Reused. */
final class ClaudeResult implements ToolCalls.Result {
  private final Texts texts;
  private final JsonReader json = new JsonReader();
  private final Slices part = new Slices("type", "text");
  private Slices block = new Slices();
  private ToolErrors.@Nullable Named error;

  /** The texts of a list of blocks, as one JSON string; empty when the content is no list. */
  private final JsonWriter joined = new JsonWriter(1024);

  ClaudeResult(Texts texts) {
    this.texts = texts;
  }

  void read(Slices toolResult) {
    block = toolResult;
    joined.clear();
    if (block.isArray(ClaudeLine.B_CONTENT)) {
      join();
    }
    error = success() ? null : ToolErrors.name(head(ToolErrors.LOOKED_AT));
  }

  @Override
  public Boolean success() {
    return !block.isTrue(ClaudeLine.B_IS_ERROR);
  }

  @Override
  public ToolErrors.@Nullable Named error() {
    return error;
  }

  @Override
  public boolean writeOutput(JsonWriter out) {
    if (joined.length() > 0) {
      texts.value(out, joined.bytes(), 0, joined.length());
      return true;
    }
    if (!block.has(ClaudeLine.B_CONTENT)) {
      return false;
    }
    texts.value(
        out, block.bytes(), block.from(ClaudeLine.B_CONTENT), block.to(ClaudeLine.B_CONTENT));
    return true;
  }

  boolean startsWith(String start) {
    return head(start.length()).startsWith(start);
  }

  private String head(int most) {
    if (joined.length() > 0) {
      return texts.head(joined.bytes(), 0, joined.length(), most);
    }
    return block.isString(ClaudeLine.B_CONTENT)
        ? texts.head(
            block.bytes(), block.from(ClaudeLine.B_CONTENT), block.to(ClaudeLine.B_CONTENT), most)
        : "";
  }

  private void join() {
    StringBuilder text = new StringBuilder();
    json.reset(block.bytes(), block.from(ClaudeLine.B_CONTENT), block.to(ClaudeLine.B_CONTENT));
    json.enterArray();
    while (json.nextElement()) {
      if (json.peek() != JsonReader.Token.OBJECT) {
        json.skip();
        continue;
      }
      part.read(json);
      String words = part.string(1);
      if (words == null) {
        String type = part.string(0);
        words = type == null || type.equals("text") ? "" : "[" + type + "]";
      }
      text.append(text.isEmpty() ? "" : "\n").append(words);
    }
    joined.string(text);
  }
}
