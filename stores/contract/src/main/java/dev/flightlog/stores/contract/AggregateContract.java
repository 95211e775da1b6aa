package dev.flightlog.stores.contract;

import static dev.flightlog.stores.contract.Samples.START;
import static dev.flightlog.stores.contract.Samples.append;
import static dev.flightlog.stores.contract.Samples.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Append;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Grouping and measuring. */
public interface AggregateContract extends Stores {

  @Test
  default void withoutGroupsThereIsOneRowAlsoOfNothing() {
    try (EventStore store = freshStore()) {
      List<Row> rows =
          store.aggregate(
              Aggregate.of(
                  Filter.EVERYTHING,
                  Measure.count(),
                  Measure.sum(Attribute.of(Field.TOKENS_USED)),
                  Measure.distinct(Attribute.of(Field.SESSION_ID)),
                  Measure.percentile(Attribute.of(Field.DURATION_MS), 0.95),
                  Measure.last()));
      assertThat(rows).hasSize(1);
      assertThat(rows.getFirst().values()).containsExactly(0L, null, 0L, null, null);
    }
  }

  @Test
  default void anUnknownCostIsNotZero() {
    try (EventStore store = freshStore()) {
      Attribute cost = Attribute.detail("cost_usd");
      store.append(
          append(
              Mode.NEW,
              call("a", 0).details(Map.of("model", "m1", "cost_usd", 0.1)).build(),
              call("b", 1).details(Map.of("model", "m1", "cost_usd", 0.2)).build(),
              call("c", 2).details(Map.of("model", "m1")).build(),
              call("d", 3).details(Map.of("model", "m2")).build(),
              call("e", 4).details(Map.of("model", "m3", "cost_usd", 0)).build()));
      List<Row> rows =
          store.aggregate(
              Aggregate.of(
                      Filter.EVERYTHING, Measure.count(), Measure.countOf(cost), Measure.sum(cost))
                  .by(Dimension.detail("model")));
      assertThat(rows).extracting(row -> row.text(0)).containsExactly("m1", "m2", "m3");
      assertThat(rows.get(0).values()).containsExactly(3L, 2L, 0.3);
      assertThat(rows.get(1).values()).containsExactly(1L, 0L, null);
      assertThat(rows.get(2).values()).containsExactly(1L, 1L, 0.0);
    }
  }

  @Test
  default void groupsAreOrderedByAMeasureAndCut() {
    try (EventStore store = freshStore()) {
      for (int i = 0; i < 10; i++) {
        store.append(
            append(
                Mode.NEW,
                call("a" + i, i).set(Field.AGENT_NAME, i < 5 ? "x" : i < 8 ? "y" : "z").build()));
      }
      store.append(append(Mode.NEW, call("none", 20).build()));
      Aggregate question = Aggregate.of(Filter.EVERYTHING, Measure.count()).by(Field.AGENT_NAME);
      assertThat(store.aggregate(question))
          .extracting(row -> row.text(0))
          .containsExactly(null, "x", "y", "z");
      assertThat(store.aggregate(question.orderBy(0).limit(2)))
          .extracting(row -> row.text(0) + row.whole(0))
          .containsExactly("x5", "y3");
    }
  }

  @Test
  default void manyTextsInManyDimensionsKeepTheirGroupsApart() {
    try (EventStore store = freshStore()) {
      for (int from = 0; from < 400; from += 20) {
        EventBatch batch = new EventBatch();
        for (int i = from; i < from + 20; i++) {
          String text = "t" + i;
          Map<String, Object> details = Map.of("tool", text, "model", text, "error_type", text);
          batch.add(
              Mode.NEW,
              call("a" + i, i)
                  .set(Field.STORY_ID, text)
                  .set(Field.AGENT_NAME, "t" + (i + 1))
                  .details(details)
                  .build());
        }
        store.append(new Append(batch));
      }
      List<Row> rows =
          store.aggregate(
              Aggregate.of(Filter.EVERYTHING, Measure.count())
                  .by(
                      Dimension.of(Field.STORY_ID),
                      Dimension.of(Field.AGENT_NAME),
                      Dimension.of(Field.EVENT_TYPE),
                      Dimension.of(Field.CATEGORY),
                      Dimension.detail("tool"),
                      Dimension.detail("model"),
                      Dimension.detail("error_type"),
                      Dimension.of(Field.SUCCESS)));
      assertThat(rows)
          .hasSize(400)
          .allSatisfy(row -> {
            assertThat(row.whole(0)).isOne();
            assertThat(row.text(4)).isEqualTo(row.text(0));
            assertThat(row.text(6)).isEqualTo(row.text(0));
          });
    }
  }

  @Test
  default void timeIsGroupedInUtc() {
    try (EventStore store = freshStore()) {
      for (int i = 0; i < 20; i++) {
        store.append(append(Mode.NEW, call("a" + i, i * 43_200).build()));
      }
      long day = Math.floorDiv(Timestamps.of(START), Timestamps.DAY) * Timestamps.DAY;
      Aggregate question = Aggregate.of(Filter.EVERYTHING, Measure.count());
      assertThat(store.aggregate(question.by(Dimension.by(Dimension.Span.DAY))).getFirst().key())
          .containsExactly(day);
      List<Row> weeks = store.aggregate(question.by(Dimension.by(Dimension.Span.WEEK)));
      // 2025-09-23 is a Tuesday.
      assertThat(weeks.getFirst().key()).containsExactly(day - Timestamps.DAY);
      assertThat(weeks).extracting(row -> row.whole(0)).containsExactly(11L, 9L);
    }
  }

  @Test
  default void everyTimeWithEventsIsThereWhetherOrNotTheyHaveWhatIsMeasured() {
    try (EventStore store = freshStore()) {
      for (int i = 0; i < 6; i++) {
        Event.Builder event =
            Event.builder(
                EventIds.ofKey("a" + i),
                START.plusSeconds(i * 43_200),
                "decision",
                Category.DECISION);
        if (i == 3 || i == 5) {
          event.set(Field.SESSION_ID, "s");
        }
        store.append(append(Mode.NEW, event.build()));
      }
      store.settle();
      Measure sessions = Measure.distinct(Attribute.of(Field.SESSION_ID));
      for (Dimension.Span span : Dimension.Span.values()) {
        Aggregate asked = Aggregate.of(Filter.EVERYTHING, sessions).by(Dimension.by(span));
        Aggregate counted = Aggregate.of(Filter.EVERYTHING, Measure.count()).by(Dimension.by(span));
        assertThat(store.aggregate(asked).stream().map(Row::key).toList())
            .as(span.name())
            .containsExactlyInAnyOrderElementsOf(
                store.aggregate(counted).stream().map(Row::key).toList());
      }
      assertThat(store.aggregate(Aggregate.of(Filter.EVERYTHING, sessions)).getFirst().values())
          .isEqualTo(List.of(1L));
    }
  }

  @Test
  default void percentilesOfFewNumbersAreExact() {
    try (EventStore store = freshStore()) {
      Attribute duration = Attribute.of(Field.DURATION_MS);
      for (long i = 1; i <= 20; i++) {
        store.append(
            append(Mode.NEW, call("a" + i, (int) i).set(Field.DURATION_MS, i * 100).build()));
      }
      List<Row> rows =
          store.aggregate(
              Aggregate.of(
                  Filter.EVERYTHING,
                  Measure.percentile(duration, 0.5),
                  Measure.percentile(duration, 0.95),
                  Measure.percentile(duration, 1)));
      assertThat(rows.getFirst().values()).containsExactly(1000.0, 1900.0, 2000.0);
    }
  }
}
