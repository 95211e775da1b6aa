package dev.flightlog.formats.tables;

import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.Texts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a message of Goose: the same in its database and in its older lines. Results of
 * calls stand in messages whose role is that of the person.
 */
final class GooseContent {
  private final Texts texts;

  GooseContent(Texts texts) {
    this.texts = texts;
  }

  /**
   * Tells what a message holds.
   *
   * @param run what makes the ids of calls its own
   * @param ofPerson whether the role {@code user} is a person here
   */
  Reading read(
      List<?> blocks,
      @Nullable Object role,
      boolean ofPerson,
      String run,
      String key,
      Origin origin,
      Occurrence.Sink out) {
    Reading reading = Reading.KNOWN;
    StringBuilder said = new StringBuilder();
    for (Object each : blocks) {
      Map<?, ?> block = JsonDocument.map(each);
      String type = String.valueOf(block.get("type"));
      switch (type) {
        case "text" -> {
          String text = JsonDocument.plain(block.get("text"));
          said.append(said.isEmpty() ? "" : "\n").append(text);
        }
        case "toolRequest", "frontendToolRequest" -> called(block, run, origin, out);
        case "toolResponse" -> returned(block, run, origin, out);
        case "thinking",
            "redactedThinking",
            "reasoning",
            "image",
            "systemNotification",
            "toolConfirmationRequest",
            "actionRequired",
            "contextLengthExceeded" -> {}
        case "summarizationRequested", "conversationCompacted" ->
            out.take(new Occurrence.Compacted(origin, "compaction:" + key, null, null));
        default -> reading = Reading.unknown("block " + type);
      }
    }
    if (said.toString().isBlank()) {
      return reading;
    }
    Content text = Content.text(said.toString());
    if (!"user".equals(role)) {
      out.take(new Occurrence.Said(origin, "said:" + key, text));
    } else if (ofPerson) {
      out.take(new Occurrence.Prompted(origin, "prompt:" + key, text, null));
    }
    return reading;
  }

  private void called(Map<?, ?> block, String run, Origin origin, Occurrence.Sink out) {
    Map<?, ?> call = JsonDocument.map(block.get("toolCall"));
    Map<?, ?> value = JsonDocument.map(call.get("value"));
    String id = run + ":" + block.get("id");
    String tool = texts.name(JsonDocument.text(value, "name"));
    out.take(new Occurrence.ToolCalled(origin, id, tool, Content.value(value.get("arguments"))));
    if ("error".equals(call.get("status"))) {
      // The model's call could not be understood: there will be no result.
      String words = JsonDocument.plain(call.get("error"));
      ErrorClass error = ErrorClasses.name(texts.clean(words, ErrorClasses.LOOKED_AT));
      Outcome outcome = ErrorClasses.outcome(error.orTold("invalid_input"), null);
      out.take(new Occurrence.ToolReturned(origin, id, outcome, Content.text(words), -1));
    }
  }

  private void returned(Map<?, ?> block, String run, Origin origin, Occurrence.Sink out) {
    Map<?, ?> result = JsonDocument.map(block.get("toolResult"));
    boolean failed = "error".equals(result.get("status"));
    Object value = result.get("value");
    Map<?, ?> told = JsonDocument.map(value);
    Object content = told.get("content") == null ? value : told.get("content");
    String words = failed ? JsonDocument.plain(result.get("error")) : JsonDocument.plain(content);
    Outcome outcome = Outcome.WORKED;
    if (failed
        || Boolean.TRUE.equals(told.get("isError"))
        || Boolean.TRUE.equals(told.get("is_error"))) {
      ErrorClass error = ErrorClasses.name(texts.clean(words, ErrorClasses.LOOKED_AT));
      outcome =
          words.contains("declined to run this tool") || words.contains("user has declined")
              ? new Outcome.Refused(new ErrorClass("rejected", error.message()), null)
              : ErrorClasses.outcome(error, null);
    }
    out.take(
        new Occurrence.ToolReturned(
            origin, run + ":" + block.get("id"), outcome, Content.text(words), -1));
  }
}
