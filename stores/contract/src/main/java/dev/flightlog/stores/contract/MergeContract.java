package dev.flightlog.stores.contract;

import static dev.flightlog.stores.contract.Samples.append;
import static dev.flightlog.stores.contract.Samples.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Events that come in parts. */
public interface MergeContract extends Stores {

  @Test
  default void aCallAndItsResultBecomeOneEvent() {
    try (EventStore store = freshStore()) {
      Event begun = call("t", 0).details(Map.of("tool", "Read")).build();
      Event result = call("t", 0).set(Field.SUCCESS, true).set(Field.DURATION_MS, 45L).build();
      assertThat(store.append(append(Mode.MERGE, begun))).isEqualTo(new Appended(1, 0, 0, 0));
      assertThat(store.append(append(Mode.COMPLETE, result))).isEqualTo(new Appended(0, 1, 0, 0));
      assertThat(store.append(append(Mode.COMPLETE, result))).isEqualTo(new Appended(0, 0, 1, 0));
      Event joined = only(store);
      assertThat(joined.detail("tool")).isEqualTo("Read");
      assertThat(joined.flag(Field.SUCCESS)).isTrue();
      assertThat(joined.integer(Field.DURATION_MS)).isEqualTo(45);
    }
  }

  @Test
  default void aResultWaitsForItsCall() {
    try (EventStore store = freshStore()) {
      Event begun = call("t", 0).details(Map.of("tool", "Read")).build();
      Event result = call("t", 0).set(Field.SUCCESS, false).build();
      assertThat(store.append(append(Mode.COMPLETE, result))).isEqualTo(new Appended(0, 0, 0, 1));
      assertThat(store.append(append(Mode.COMPLETE, result))).isEqualTo(new Appended(0, 0, 1, 0));
      assertThat(store.check().setAside()).isEqualTo(1);
      assertThat(store.check().events()).isZero();
      store.append(append(Mode.MERGE, call("x", 9).build(), begun));
      assertThat(store.check().setAside()).isZero();
      ReadRequest request = ReadRequest.oldestFirst(Filter.is(Field.SUCCESS, false));
      assertThat(store.read(request).finish(request)).hasSize(1);
    }
  }

  @Test
  default void sumsFollowAnEventThatChanges() {
    try (EventStore store = freshStore()) {
      store.append(
          append(
              Mode.MERGE,
              call("t", 0).set(Field.TOKENS_USED, 10L).build(),
              call("u", 7200).set(Field.TOKENS_USED, 5L).build()));
      store.append(
          append(
              Mode.MERGE,
              call("t", 0).set(Field.TOKENS_USED, 12L).set(Field.SUCCESS, true).build()));
      Aggregate question =
          Aggregate.of(
              Filter.EVERYTHING,
              Measure.count(),
              Measure.count(Filter.is(Field.SUCCESS, true)),
              Measure.sum(Attribute.of(Field.TOKENS_USED)),
              Measure.max(Attribute.of(Field.TOKENS_USED)));
      assertThat(store.aggregate(question).getFirst().values()).containsExactly(2L, 1L, 17L, 12L);
    }
  }

  @Test
  default void theOrderOfPartsDoesNotMatter() {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Event begun =
          call("t" + i, i * 1000).details(Map.of("tool", "T" + i % 3, "input", "x")).build();
      Event result =
          call("t" + i, i * 1000 + 1)
              .set(Field.SUCCESS, i % 4 != 0)
              .set(Field.DURATION_MS, i * 10L)
              .details(Map.of("output", "y" + i))
              .build();
      parts.add(new Part(Mode.MERGE, begun));
      parts.add(new Part(i % 2 == 0 ? Mode.MERGE : Mode.COMPLETE, result));
      parts.add(new Part(Mode.MERGE, begun));
    }
    Set<Set<String>> outcomes = new HashSet<>();
    for (int seed = 0; seed < Math.max(2, some(5)); seed++) {
      Random random = new Random(seed);
      Collections.shuffle(parts, random);
      try (EventStore store = freshStore()) {
        for (int at = 0; at < parts.size(); ) {
          EventBatch batch = new EventBatch();
          for (int end = Math.min(parts.size(), at + 1 + random.nextInt(30)); at < end; at++) {
            batch.add(parts.get(at).mode, parts.get(at).event);
          }
          store.append(new Append(batch));
        }
        ReadRequest request = ReadRequest.oldestFirst(Filter.EVERYTHING);
        Set<String> seen = new HashSet<>();
        for (Event event : store.read(request).finish(request)) {
          seen.add(
              event.toBuilder().set(Field.DETAILS, null).build()
                  + " "
                  + new TreeMap<>(event.details()));
        }
        outcomes.add(seen);
      }
    }
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.iterator().next()).hasSize(40);
  }

  /** A part of an event. */
  record Part(Mode mode, Event event) {}

  private static Event only(EventStore store) {
    ReadRequest request = ReadRequest.oldestFirst(Filter.EVERYTHING);
    List<Event> events = store.read(request).finish(request);
    assertThat(events).hasSize(1);
    return events.getFirst();
  }
}
