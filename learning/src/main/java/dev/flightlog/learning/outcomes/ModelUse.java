package dev.flightlog.learning.outcomes;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Who answered in a session, and what it cost.
 *
 * @param model by which most answers were made; empty when it is not known
 * @param version of the agent's program; empty when it is not known
 * @param answers of models
 * @param newTokens that they cost: input from no cache, and output
 */
record ModelUse(String model, String version, long answers, long newTokens) {
  private static final ModelUse NONE = new ModelUse("", "", 0, 0);

  /** Of each of these sessions; those without an answer are missing. Blocks; fails as the store. */
  static Map<String, ModelUse> of(Collection<String> sessions, EventStore store) {
    Filter ours = Filter.in(Attribute.of(Field.SESSION_ID), sessions);
    Map<String, ModelUse> use = new HashMap<>();
    Map<String, Long> most = new HashMap<>();
    Aggregate calls =
        Aggregate.of(
                Filter.and(ours, Filter.is(Field.EVENT_TYPE, EventTypes.MODEL_CALL)),
                Measure.count(),
                Measure.sum(Attribute.detail("input_tokens")),
                Measure.sum(Attribute.detail("output_tokens")))
            .by(Dimension.of(Field.SESSION_ID), Dimension.detail("model"));
    for (Row row : store.aggregate(calls)) {
      String session = String.valueOf(row.text(0));
      String model = row.text(1) == null ? "" : String.valueOf(row.text(1));
      ModelUse known = use.getOrDefault(session, NONE);
      boolean leads = row.whole(0) > most.getOrDefault(session, 0L);
      if (leads) {
        most.put(session, row.whole(0));
      }
      use.put(
          session,
          new ModelUse(
              leads ? model : known.model,
              "",
              known.answers + row.whole(0),
              known.newTokens + row.whole(1) + row.whole(2)));
    }
    Aggregate versions =
        Aggregate.of(
                Filter.and(ours, Filter.is(Field.EVENT_TYPE, "session_started")), Measure.count())
            .by(Dimension.of(Field.SESSION_ID), Dimension.detail("client_version"));
    for (Row row : store.aggregate(versions)) {
      String version = row.text(1);
      if (version != null) {
        use.computeIfPresent(
            String.valueOf(row.text(0)),
            (name, known) -> new ModelUse(known.model, version, known.answers, known.newTokens));
      }
    }
    return use;
  }

  /** Both as one: a session and its fork. */
  ModelUse with(ModelUse other) {
    return new ModelUse(
        other.answers > answers ? other.model : model,
        version.isEmpty() ? other.version : version,
        answers + other.answers,
        newTokens + other.newTokens);
  }

  static ModelUse none() {
    return NONE;
  }
}
