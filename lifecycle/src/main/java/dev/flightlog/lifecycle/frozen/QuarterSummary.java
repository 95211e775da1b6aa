package dev.flightlog.lifecycle.frozen;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a quarter was, from the sums of the store: made again at any time, it says the same as long
 * as no event of that quarter comes or goes.
 */
public final class QuarterSummary {
  private static final Attribute DURATION = Attribute.of(Field.DURATION_MS);
  private static final int MOST_ROWS = 200;

  private final EventStore store;
  private final Quarter quarter;
  private final Filter time;
  private final JsonWriter json = new JsonWriter();

  private QuarterSummary(EventStore store, Quarter quarter) {
    this.store = store;
    this.quarter = quarter;
    this.time = new Filter.Time(quarter.since(), quarter.until());
  }

  /**
   * The summary as JSON.
   *
   * @param frozen the weeks of which nothing else is left
   */
  public static String of(Quarter quarter, Collection<Week> frozen, EventStore store) {
    return new QuarterSummary(store, quarter).write(frozen);
  }

  private String write(Collection<Week> frozen) {
    json.beginObject().key("quarter").string(quarter.toString());
    json.key("since").string(Timestamps.text(quarter.since()));
    json.key("until").string(Timestamps.text(quarter.until()));
    json.key("frozen_weeks").beginArray();
    frozen.forEach(week -> json.string(week.toString()));
    json.endArray();
    Row all =
        store
            .aggregate(
                Aggregate.of(
                    time,
                    Measure.count(),
                    Measure.distinct(Attribute.of(Field.SESSION_ID)),
                    Measure.first(),
                    Measure.last(),
                    Measure.count(Filter.is(Field.CATEGORY, "error"))))
            .getFirst();
    json.key("events").value(all.values().get(0)).key("sessions").value(all.values().get(1));
    json.key("first").value(text(all.values().get(2))).key("last").value(text(all.values().get(3)));
    json.key("errors").value(all.values().get(4));
    groups("categories", time, Attribute.of(Field.CATEGORY));
    groups("event_types", time, Attribute.of(Field.EVENT_TYPE));
    groups(
        "error_types",
        Filter.and(time, Filter.not(Filter.absent(Attribute.detail("error_type")))),
        Attribute.detail("error_type"));
    groups("stories", time, Attribute.of(Field.STORY_ID));
    groups("agents", time, Attribute.of(Field.AGENT_NAME));
    groups("projects", time, Attribute.of(Field.PROJECT));
    tools();
    models();
    weeks();
    return json.endObject() + "\n";
  }

  private static @Nullable Object text(@Nullable Object micros) {
    return micros instanceof Long time ? Timestamps.text(time) : null;
  }

  /** How often each value of an attribute was there, and how often without success. */
  private void groups(String name, Filter filter, Attribute attribute) {
    json.key(name).beginArray();
    Aggregate counted =
        Aggregate.of(filter, Measure.count(), Measure.count(Filter.is(Field.SUCCESS, false)))
            .by(new Dimension.ByAttribute(attribute))
            .orderBy(0)
            .limit(MOST_ROWS);
    for (Row row : store.aggregate(counted)) {
      json.beginObject().key("name").value(row.key().getFirst());
      json.key("events")
          .value(row.values().get(0))
          .key("failed")
          .value(row.values().get(1))
          .endObject();
    }
    json.endArray();
  }

  private void tools() {
    json.key("tools").beginArray();
    Filter calls = Filter.and(time, Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL));
    Aggregate tools =
        Aggregate.of(calls, Measure.count(), Measure.sum(DURATION))
            .by(Dimension.detail("tool"))
            .orderBy(0)
            .limit(MOST_ROWS);
    List<Row> ranks =
        store.aggregate(
            Aggregate.of(
                    calls, Measure.percentile(DURATION, 0.5), Measure.percentile(DURATION, 0.95))
                .by(Dimension.detail("tool")));
    for (Row row : store.aggregate(tools)) {
      json.beginObject().key("tool").value(row.key().getFirst());
      json.key("calls").value(row.values().get(0)).key("duration_ms").value(row.values().get(1));
      for (Row rank : ranks) {
        if (rank.key().equals(row.key())) {
          json.key("p50_ms").value(rank.values().get(0)).key("p95_ms").value(rank.values().get(1));
        }
      }
      json.endObject();
    }
    json.endArray();
  }

  private void models() {
    json.key("models").beginArray();
    List<String> kinds =
        List.of(
            "input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens", "cost_usd");
    Measure[] measures = new Measure[kinds.size() + 1];
    measures[0] = Measure.count();
    for (int i = 0; i < kinds.size(); i++) {
      measures[i + 1] = Measure.sum(Attribute.detail(kinds.get(i)));
    }
    Filter calls = Filter.and(time, Filter.is(Field.EVENT_TYPE, EventTypes.MODEL_CALL));
    for (Row row :
        store.aggregate(Aggregate.of(calls, measures).by(Dimension.detail("model")).orderBy(0))) {
      json.beginObject()
          .key("model")
          .value(row.key().getFirst())
          .key("calls")
          .value(row.values().get(0));
      for (int i = 0; i < kinds.size(); i++) {
        json.key(kinds.get(i)).value(row.values().get(i + 1));
      }
      json.endObject();
    }
    json.endArray();
  }

  private void weeks() {
    json.key("weeks").beginArray();
    Aggregate weeks =
        Aggregate.of(
                time,
                Measure.count(),
                Measure.count(Filter.is(Field.CATEGORY, "error")),
                Measure.distinct(Attribute.of(Field.SESSION_ID)))
            .by(Dimension.by(Dimension.Span.WEEK));
    for (Row row : store.aggregate(weeks)) {
      if (row.key().getFirst() instanceof Long start) {
        json.beginObject().key("week").string(Week.of(start).toString());
        json.key("events").value(row.values().get(0)).key("errors").value(row.values().get(1));
        json.key("sessions").value(row.values().get(2)).endObject();
      }
    }
    json.endArray();
  }
}
