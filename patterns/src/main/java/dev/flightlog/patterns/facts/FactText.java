package dev.flightlog.patterns.facts;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import dev.flightlog.event.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a session as the text of a mark: a JSON list of lists {@code [micros, agent, story,
 * value, …]}, the values in the order of the record. Equal texts of many facts become one object
 * when they are read. For one thread.
 */
public final class FactText {
  private static final int MOST_KNOWN = 100_000;

  private final Map<String, String> known = new HashMap<>();
  private final JsonReader json = new JsonReader();

  /** Under which name the facts of a kind are kept: that of their observer. */
  public static String name(Class<? extends Fact> kind) {
    if (kind == ErrorFact.class) {
      return "errors";
    } else if (kind == RepeatFact.class) {
      return "repeats";
    }
    return kind == CheckFact.class ? "checks" : "interactions";
  }

  /** The text of these facts. */
  public static String of(List<? extends Fact> facts) {
    JsonWriter out = new JsonWriter(256).beginArray();
    for (Fact fact : facts) {
      out.beginArray().number(fact.micros()).value(fact.agent()).value(fact.story());
      for (String value : values(fact)) {
        out.value(value);
      }
      out.endArray();
    }
    return out.endArray().toString();
  }

  private static List<@Nullable String> values(Fact fact) {
    return switch (fact) {
      case ErrorFact error ->
          Arrays.asList(
              error.id(),
              error.tool(),
              error.errorType(),
              error.program(),
              error.template(),
              error.message(),
              Integer.toString(error.ordinal()),
              Integer.toString(error.followed()),
              String.join("|", error.tried().stream().map(Change::key).toList()),
              error.change() == null ? null : error.change().key(),
              error.success().isEmpty() ? null : error.success(),
              error.before(),
              error.after());
      case RepeatFact repeat ->
          Arrays.asList(
              repeat.tool(),
              repeat.program(),
              Long.toString(repeat.times()),
              Long.toString(repeat.failed()),
              repeat.firstEvent());
      case InteractionFact interaction ->
          Arrays.asList(
              interaction.kind().wireName(),
              interaction.reason(),
              interaction.waitedMs() == null ? null : interaction.waitedMs().toString(),
              interaction.said(),
              interaction.event());
      case CheckFact check ->
          Arrays.asList(
              check.tool(),
              check.program(),
              Long.toString(check.runs()),
              Long.toString(check.millis()),
              Long.toString(check.unchanged()),
              Long.toString(check.unchangedMillis()),
              check.event());
    };
  }

  /** The facts of this kind in the text; null when it is not one of ours. */
  public @Nullable List<Fact> read(String kind, String session, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    List<Fact> facts = new ArrayList<>();
    try {
      json.reset(utf8, 0, utf8.length).enterArray();
      while (json.nextElement()) {
        json.enterArray();
        long micros = json.nextElement() ? json.integer() : 0;
        List<@Nullable String> texts = new ArrayList<>();
        while (json.nextElement()) {
          texts.add(next());
        }
        if (texts.size() < 2) {
          return null;
        }
        Occasion occasion = new Occasion(session, micros, texts.get(0), texts.get(1));
        Fact fact = fact(kind, occasion, new Values(texts.subList(2, texts.size())));
        if (fact == null) {
          return null;
        }
        facts.add(fact);
      }
    } catch (JsonException e) {
      return null;
    }
    return List.copyOf(facts);
  }

  private static @Nullable Fact fact(String kind, Occasion occasion, Values values) {
    return switch (kind) {
      case "errors" -> error(occasion, values);
      case "repeats" ->
          new RepeatFact(
              occasion,
              values.textOrEmpty(0),
              values.textOrEmpty(1),
              values.whole(2),
              values.whole(3),
              values.textOrEmpty(4));
      case "checks" ->
          new CheckFact(
              occasion,
              values.textOrEmpty(0),
              values.textOrEmpty(1),
              values.whole(2),
              values.whole(3),
              values.whole(4),
              values.whole(5),
              values.textOrEmpty(6));
      case "interactions" -> {
        InteractionKind of = InteractionKind.ofWireName(values.text(0));
        yield of == null
            ? null
            : new InteractionFact(
                occasion,
                of,
                values.text(1),
                values.text(2) == null ? null : (Long) values.whole(2),
                values.text(3),
                values.textOrEmpty(4));
      }
      default -> null;
    };
  }

  private static Fact error(Occasion occasion, Values values) {
    List<Change> tried = new ArrayList<>();
    for (String key : values.textOrEmpty(8).split("\\|", -1)) {
      if (!key.isEmpty()) {
        tried.add(Change.ofKey(key));
      }
    }
    String change = values.text(9);
    return new ErrorFact(
        occasion,
        values.textOrEmpty(0),
        values.textOrEmpty(1),
        values.textOrEmpty(2),
        values.textOrEmpty(3),
        values.textOrEmpty(4),
        values.textOrEmpty(5),
        (int) values.whole(6),
        (int) values.whole(7),
        tried,
        change == null ? null : Change.ofKey(change),
        values.textOrEmpty(10),
        values.textOrEmpty(11),
        values.textOrEmpty(12));
  }

  private @Nullable String next() {
    if (json.peek() != Token.STRING) {
      json.skip();
      return null;
    }
    String text = json.string();
    String same = known.get(text);
    if (same == null && known.size() < MOST_KNOWN) {
      known.put(text, text);
    }
    return same == null ? text : same;
  }

  /** The values of one fact, as they were read. */
  private record Values(List<@Nullable String> texts) {
    @Nullable String text(int index) {
      return index < texts.size() ? texts.get(index) : null;
    }

    String textOrEmpty(int index) {
      String value = text(index);
      return value == null ? "" : value;
    }

    /** A whole number; 0 when the value is absent or no number. */
    long whole(int index) {
      try {
        return Long.parseLong(textOrEmpty(index));
      } catch (NumberFormatException e) {
        return 0;
      }
    }
  }
}
