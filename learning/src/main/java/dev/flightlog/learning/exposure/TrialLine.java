package dev.flightlog.learning.exposure;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.learning.books.BookLine;
import dev.flightlog.learning.rules.Measure;
import dev.flightlog.learning.trial.SessionOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A line of the file of trials: its start, a look, or its end. */
sealed interface TrialLine {

  record Started(Trial trial) implements TrialLine {}

  record Looked(String trial, Look look) implements TrialLine {}

  record Ended(String trial, TrialBook.End end) implements TrialLine {}

  static String write(Trial trial) {
    JsonWriter out = line(trial.startedAt(), trial.id());
    out.key("rule").string(trial.rule());
    out.key("purpose").string(trial.purpose().wireName());
    out.key("key").string(trial.key());
    out.key("placement").string(trial.terms().placement().wireName());
    out.key("delivery").string(trial.terms().delivery().wireName());
    out.key("trigger").string(trial.terms().trigger().wireName());
    out.key("share").number(trial.terms().share());
    out.key("measure").string(trial.measure().wireName());
    out.key("error_classes").value(List.copyOf(trial.errorClasses()));
    out.key("tools").value(List.copyOf(trial.tools()));
    out.key("program").string(trial.program());
    out.key("text").string(trial.text());
    out.key("tokens").number(trial.tokens());
    return out.key("planned").number(trial.planned()).endObject().toString();
  }

  static String write(String trial, Look look) {
    JsonWriter out = line(look.at(), trial).key("look").beginArray();
    for (Look.Counted each : look.sessions()) {
      out.beginObject().key("session").string(each.session());
      out.key("exposed").bool(each.outcome().exposed());
      out.key("errors").number(each.outcome().errors());
      out.key("opportunities").number(each.outcome().opportunities());
      out.key("model").string(each.model());
      out.key("version").string(each.version());
      out.key("new_tokens").number(each.newTokens());
      out.key("answers").number(each.answers()).endObject();
    }
    return out.endArray().endObject().toString();
  }

  static String write(String trial, TrialBook.End end) {
    return line(end.at(), trial)
        .key("ended")
        .string(end.verdict())
        .key("reason")
        .string(end.reason())
        .endObject()
        .toString();
  }

  private static JsonWriter line(Instant at, String trial) {
    JsonWriter out = new JsonWriter().beginObject();
    out.key("timestamp").string(at.toString());
    return out.key("trial").string(trial);
  }

  /**
   * @param value as JSON has it
   * @throws IllegalArgumentException with what is wrong in it
   */
  static TrialLine of(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> line)) {
      throw new IllegalArgumentException("it is no object");
    }
    Instant at = BookLine.instant(line);
    String trial = BookLine.text(line, "trial");
    if (line.get("look") instanceof List<?> sessions) {
      List<Look.Counted> counted = new ArrayList<>();
      for (Object each : sessions) {
        counted.add(counted(each));
      }
      return new Looked(trial, new Look(at, counted));
    }
    if (line.containsKey("ended")) {
      return new Ended(
          trial,
          new TrialBook.End(at, BookLine.text(line, "ended"), BookLine.text(line, "reason")));
    }
    return new Started(trial(trial, at, line));
  }

  private static Trial trial(String id, Instant at, Map<?, ?> line) {
    Purpose purpose = known(line, "purpose", Purpose.named(BookLine.text(line, "purpose")));
    Terms terms =
        new Terms(
            known(line, "placement", Placement.named(BookLine.text(line, "placement"))),
            known(line, "delivery", Delivery.named(BookLine.text(line, "delivery"))),
            known(line, "trigger", Trigger.named(BookLine.text(line, "trigger"))),
            BookLine.number(line, "share").doubleValue());
    // Trials of earlier versions count errors.
    Measure measure =
        line.containsKey("measure")
            ? known(line, "measure", Measure.named(BookLine.text(line, "measure")))
            : Measure.ERRORS;
    return new Trial(
        id,
        BookLine.text(line, "rule"),
        purpose,
        line.get("key") instanceof String key ? key : "",
        terms,
        measure,
        BookLine.oneOrMore(line, "error_classes", "error_class", name -> name),
        measure.isOfCalls()
            ? BookLine.oneOrMore(line, "tools", "tool", name -> name)
            : new TreeSet<>(),
        BookLine.text(line, "program"),
        BookLine.text(line, "text"),
        BookLine.number(line, "tokens").intValue(),
        at,
        BookLine.number(line, "planned").intValue());
  }

  private static Look.Counted counted(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> session) || !(session.get("exposed") instanceof Boolean arm)) {
      throw new IllegalArgumentException("a session of its look has no arm");
    }
    return new Look.Counted(
        BookLine.text(session, "session"),
        new SessionOutcome(
            arm,
            BookLine.number(session, "errors").intValue(),
            BookLine.number(session, "opportunities").intValue()),
        BookLine.text(session, "model"),
        BookLine.text(session, "version"),
        BookLine.number(session, "new_tokens").longValue(),
        BookLine.number(session, "answers").longValue());
  }

  private static <T> T known(Map<?, ?> line, String key, Optional<T> value) {
    return value.orElseThrow(
        () -> new IllegalArgumentException("its " + key + " is none of those known"));
  }
}
