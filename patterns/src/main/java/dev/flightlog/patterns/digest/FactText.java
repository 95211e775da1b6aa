package dev.flightlog.patterns.digest;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import dev.flightlog.event.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a session as the text of a mark: a JSON list of lists {@code [micros, agent, story,
 * value, …]}. Equal texts of many facts become one object when they are read. For one thread.
 */
final class FactText {
  private static final int MOST_KNOWN = 100_000;

  private final Map<String, String> known = new HashMap<>();
  private final JsonReader json = new JsonReader();

  static String of(List<Fact> facts) {
    JsonWriter out = new JsonWriter(256).beginArray();
    for (Fact fact : facts) {
      out.beginArray().number(fact.micros()).value(fact.agent()).value(fact.story());
      for (String value : fact.values()) {
        out.value(value);
      }
      out.endArray();
    }
    return out.endArray().toString();
  }

  /** The facts in the text; null when it is not one of ours. */
  @Nullable List<Fact> read(String session, String text) {
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
        facts.add(
            new Fact(session, micros, texts.get(0), texts.get(1), texts.subList(2, texts.size())));
      }
    } catch (JsonException e) {
      return null;
    }
    return List.copyOf(facts);
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
}
