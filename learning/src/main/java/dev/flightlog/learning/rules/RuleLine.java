package dev.flightlog.learning.rules;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.learning.books.BookLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A line of the file of rules: a rule that was proposed, or a step of one. */
sealed interface RuleLine {

  record Proposed(Rule rule, Instant at) implements RuleLine {}

  record Moved(String id, RuleBook.Transition transition) implements RuleLine {}

  static String write(Rule rule, Instant at) {
    JsonWriter out = new JsonWriter().beginObject();
    out.key("timestamp").string(at.toString());
    out.key("id").string(rule.id());
    out.key("state").string(RuleState.PROPOSED.wireName());
    out.key("signature").string(rule.signature());
    out.key("text").string(rule.text());
    out.key("measure").string(rule.measure().wireName());
    out.key("error_classes").value(List.copyOf(rule.errorClasses()));
    out.key("tools").value(List.copyOf(rule.opportunity().tools()));
    out.key("program").string(rule.opportunity().program());
    out.key("errors").number(rule.errors());
    out.key("opportunities").number(rule.opportunities());
    out.key("share").number(rule.share());
    out.key("sessions").number(rule.sessions());
    out.key("helped").number(rule.helped());
    out.key("tokens").number(rule.tokens());
    out.key("evidence").beginArray();
    rule.evidence().forEach(out::string);
    return out.endArray().endObject().toString();
  }

  static String write(String id, RuleBook.Transition transition) {
    return new JsonWriter()
        .beginObject()
        .key("timestamp")
        .string(transition.at().toString())
        .key("id")
        .string(id)
        .key("state")
        .string(transition.state().wireName())
        .key("reason")
        .string(transition.reason())
        .endObject()
        .toString();
  }

  /**
   * @param value as JSON has it
   * @throws IllegalArgumentException with what is wrong in it
   */
  static RuleLine of(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> line)) {
      throw new IllegalArgumentException("it is no object");
    }
    Instant at = BookLine.instant(line);
    String id = BookLine.text(line, "id");
    String state = BookLine.text(line, "state");
    RuleState known =
        RuleState.named(state)
            .orElseThrow(() -> new IllegalArgumentException("its state is none of those known"));
    if (!line.containsKey("text")) {
      return new Moved(
          id,
          new RuleBook.Transition(
              at, known, line.containsKey("reason") ? BookLine.text(line, "reason") : ""));
    }
    return new Proposed(
        new Rule(
            id,
            BookLine.text(line, "signature"),
            BookLine.oneOrMore(line, "error_classes", "signature", RuleLine::subject),
            BookLine.text(line, "text"),
            opportunity(line),
            BookLine.number(line, "errors").longValue(),
            BookLine.number(line, "opportunities").longValue(),
            BookLine.number(line, "share").doubleValue(),
            BookLine.number(line, "sessions").longValue(),
            BookLine.number(line, "helped").longValue(),
            BookLine.number(line, "tokens").intValue(),
            texts(line, "evidence")),
        at);
  }

  /** Lines of earlier versions have no measure: they are about errors. */
  private static Rule.Opportunity opportunity(Map<?, ?> line) {
    Measure measure =
        line.containsKey("measure")
            ? Measure.named(BookLine.text(line, "measure"))
                .orElseThrow(
                    () -> new IllegalArgumentException("its measure is none of those known"))
            : Measure.ERRORS;
    return new Rule.Opportunity(
        measure,
        measure.isOfCalls()
            ? BookLine.oneOrMore(line, "tools", "tool", tool -> tool)
            : new TreeSet<>(texts(line, "tools")),
        BookLine.text(line, "program"));
  }

  /** Lines of earlier versions tell one class, in the signature. */
  private static String subject(String signature) {
    int end = signature.lastIndexOf(Rule.CHANGE);
    return end < 0 ? signature : signature.substring(0, end);
  }

  private static List<String> texts(Map<?, ?> line, String key) {
    List<String> texts = new ArrayList<>();
    if (line.get(key) instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof String text) {
          texts.add(text);
        }
      }
    }
    return texts;
  }
}
