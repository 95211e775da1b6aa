package dev.flightlog.formats.claude;

import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.JsonField;
import dev.flightlog.formats.reading.JsonFields;
import dev.flightlog.formats.reading.Texts;
import org.jspecify.annotations.Nullable;

/** The result in a {@code tool_result} block: a text, or a list of blocks. Reused. */
final class ClaudeResult {
  /** Behind these words stands what the person said who refused a call. */
  private static final String[] SAID = {
    "the user said:", "The user provided the following reason:"
  };

  private final Texts texts;
  private final JsonReader json = new JsonReader();
  private final JsonFields part = new JsonFields();
  private final JsonField partType = part.field("type");
  private final JsonField partText = part.field("text");

  /** The texts of a list of blocks, as one JSON string. */
  private final JsonWriter joined = new JsonWriter(1024);

  private Content output = Content.NONE;
  private Outcome outcome = Outcome.WORKED;

  ClaudeResult(Texts texts) {
    this.texts = texts;
  }

  void read(ClaudeLine line, ClaudeMessage.Block block) {
    joined.clear();
    if (block.content.isArray()) {
      join(block.content);
      output = Content.of(joined);
    } else {
      output = block.content.content();
    }
    outcome = outcome(line, block);
  }

  private Outcome outcome(ClaudeLine line, ClaudeMessage.Block block) {
    if (block.isError.isTrue()) {
      ErrorClass error = ErrorClasses.name(head(ErrorClasses.LOOKED_AT));
      return ErrorClasses.outcome(error, error.type().equals("rejected") ? words() : null);
    }
    boolean goesOn =
        line.outcome.isObject()
            && (line.backgroundTask.isString()
                || line.outcomeStatus.is("async_launched")
                || line.outcomeStatus.is("remote_launched"));
    return goesOn
            || startsWith("Async agent launched")
            || startsWith("Command running in background")
        ? Outcome.RUNNING
        : Outcome.WORKED;
  }

  /** What the person said, or null. */
  private @Nullable String words() {
    String text = output.text();
    for (String start : SAID) {
      int at = text.indexOf(start);
      if (at >= 0) {
        String said = text.substring(at + start.length()).strip();
        int note = said.indexOf("\n\nNote: ");
        said = note < 0 ? said : said.substring(0, note).strip();
        return said.isEmpty() ? null : said;
      }
    }
    return null;
  }

  Outcome outcome() {
    return outcome;
  }

  Content output() {
    return output;
  }

  /** Looks at the bytes as they are; a beginning with escapes, which nobody writes, is decoded. */
  private boolean startsWith(String start) {
    byte[] bytes = output.bytes();
    int from = output.from() + 1;
    if (output.isEmpty() || bytes[output.from()] != '"' || output.to() - from <= start.length()) {
      return false;
    }
    for (int i = 0; i < start.length(); i++) {
      if (bytes[from + i] == '\\') {
        return head(start.length()).startsWith(start);
      }
      if (bytes[from + i] != start.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String head(int most) {
    return output.isEmpty() || output.bytes()[output.from()] != '"'
        ? ""
        : texts.head(output.bytes(), output.from(), output.to(), most);
  }

  private void join(JsonField content) {
    StringBuilder text = new StringBuilder();
    json.reset(content.bytes(), content.from(), content.to());
    json.enterArray();
    while (json.nextElement()) {
      if (json.peek() != JsonReader.Token.OBJECT) {
        json.skip();
        continue;
      }
      part.read(json);
      String words = partText.string();
      if (words == null) {
        String type = partType.string();
        words = type == null || type.equals("text") ? "" : "[" + type + "]";
      }
      text.append(text.isEmpty() ? "" : "\n").append(words);
    }
    joined.string(text);
  }
}
