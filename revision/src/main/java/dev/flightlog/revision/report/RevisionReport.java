package dev.flightlog.revision.report;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.lifecycle.archive.Week;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a revision of a week has found so far; complete when every phase is done.
 *
 * @param week which
 * @param phases those that are done, in their order
 */
public record RevisionReport(Week week, Map<Phase, Done> phases) {

  /**
   * A phase that is done.
   *
   * @param millis how long it took
   */
  public record Done(long millis, Findings findings) {}

  public RevisionReport {
    phases = new EnumMap<>(phases.isEmpty() ? new EnumMap<>(Phase.class) : phases);
  }

  public static RevisionReport begun(Week week) {
    return new RevisionReport(week, Map.of());
  }

  public RevisionReport with(Phase phase, Done done) {
    EnumMap<Phase, Done> more = new EnumMap<>(Phase.class);
    more.putAll(phases);
    more.put(phase, done);
    return new RevisionReport(week, more);
  }

  public boolean isComplete() {
    return phases.size() == Phase.values().length;
  }

  /** One JSON object, with a line feed. */
  public String json() {
    JsonWriter json = new JsonWriter().beginObject();
    json.key("week").string(week.toString()).key("complete").bool(isComplete());
    json.key("phases").beginObject();
    phases.forEach((phase, done) -> {
      json.key(phase.wireName()).beginObject().key("ms").number(done.millis());
      json.key("changed").value(done.findings().changed());
      json.key("better").value(done.findings().better());
      json.key("worse").value(done.findings().worse());
      json.key("decide").value(done.findings().decide());
      json.key("figures").value(done.findings().figures()).endObject();
    });
    return json.endObject().endObject() + "\n";
  }

  /** Reads what {@link #json} wrote; empty when it is something else. */
  public static Optional<RevisionReport> read(byte[] bytes) {
    try {
      if (!(new JsonReader().reset(bytes, 0, bytes.length).value() instanceof Map<?, ?> map)
          || !(map.get("phases") instanceof Map<?, ?> phases)) {
        return Optional.empty();
      }
      EnumMap<Phase, Done> done = new EnumMap<>(Phase.class);
      for (Phase phase : Phase.values()) {
        if (phases.get(phase.wireName()) instanceof Map<?, ?> one) {
          long millis = one.get("ms") instanceof Number number ? number.longValue() : 0;
          done.put(phase, new Done(millis, findings(one)));
        }
      }
      return Week.parse(String.valueOf(map.get("week")))
          .map(week -> new RevisionReport(week, done));
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  private static Findings findings(Map<?, ?> map) {
    Map<String, Double> figures = new LinkedHashMap<>();
    if (map.get("figures") instanceof Map<?, ?> all) {
      all.forEach((name, value) -> {
        if (value instanceof Number number) {
          figures.put(String.valueOf(name), number.doubleValue());
        }
      });
    }
    return new Findings(
        texts(map, "changed"),
        texts(map, "better"),
        texts(map, "worse"),
        texts(map, "decide"),
        figures);
  }

  private static List<String> texts(Map<?, ?> map, String key) {
    List<String> texts = new ArrayList<>();
    if (map.get(key) instanceof List<?> list) {
      list.forEach(text -> texts.add(String.valueOf(text)));
    }
    return texts;
  }

  byte[] bytes() {
    return json().getBytes(StandardCharsets.UTF_8);
  }
}
