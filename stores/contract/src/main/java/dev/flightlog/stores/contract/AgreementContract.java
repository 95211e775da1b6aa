package dev.flightlog.stores.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Append;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Position;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.RolledUp;
import dev.flightlog.store.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random worlds and questions: the store answers as the reference does. A failure names the seed
 * and the question.
 */
public interface AgreementContract extends Stores {

  /** How many worlds; each with hundreds of questions. */
  default int worlds() {
    return Integer.getInteger("flightlog.worlds", 2);
  }

  /** What is done between two appends: nothing, or for instance opening the store again. */
  default EventStore between(EventStore store) {
    return store;
  }

  @Test
  default void appendsAndReadsAgreeWithTheReference() {
    for (long seed = 1; seed <= worlds(); seed++) {
      RandomWorld world = new RandomWorld(seed, 800);
      EventStore store = freshStore();
      try (EventStore reference = reference()) {
        store = fill(world, store, reference, "seed " + seed);
        for (int i = some(120); i > 0; i--) {
          read(world, store, reference, "seed " + seed + " question " + i);
        }
      } finally {
        store.close();
      }
    }
  }

  private EventStore fill(RandomWorld world, EventStore fresh, EventStore reference, String as) {
    EventStore store = fresh;
    for (int left = 1200; left > 0; ) {
      EventBatch batch = new EventBatch();
      for (int i = Math.min(left, 1 + world.below(200)); i > 0; i--, left--) {
        batch.add(world.mode(), world.event());
      }
      assertThat(store.append(new Append(batch)))
          .as(as)
          .isEqualTo(reference.append(new Append(batch)));
      store = between(store);
    }
    assertThat(store.check().events()).isEqualTo(reference.check().events());
    assertThat(store.check().setAside()).isEqualTo(reference.check().setAside());
    return store;
  }

  private static void read(RandomWorld world, EventStore store, EventStore reference, String as) {
    Filter filter = world.filter(3);
    ReadRequest all =
        world.below(2) == 0 ? ReadRequest.oldestFirst(filter) : ReadRequest.newestFirst(filter);
    List<Event> expected = reference.read(all).finish(all);
    assertThat(store.read(all).finish(all)).as(as + " " + filter).isEqualTo(expected);
    ReadRequest page = all.limit(1 + world.below(200));
    List<Event> walked = new ArrayList<>();
    while (true) {
      List<Event> next = store.read(page).finish(page);
      walked.addAll(next);
      if (next.size() < page.limit()) {
        break;
      }
      page = page.after(Position.of(next.getLast()));
    }
    assertThat(walked).as(as + " in pages " + filter).isEqualTo(expected);
  }

  @Test
  default void aggregatesAgreeWithTheReference() {
    for (long seed = 101; seed < 101 + worlds(); seed++) {
      RandomWorld world = new RandomWorld(seed, 800);
      EventStore store = freshStore();
      try (EventStore reference = reference()) {
        store = fill(world, store, reference, "seed " + seed);
        agree(world, store, reference, some(300), "seed " + seed);
      } finally {
        store.close();
      }
    }
  }

  @Test
  default void sumsByEachOfTheirDimensionsAgreeWithTheReference() {
    RandomWorld world = new RandomWorld(211, 800);
    EventStore store = freshStore();
    try (EventStore reference = reference()) {
      store = fill(world, store, reference, "");
      store.settle();
      store.rollUp();
      ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
      List<Event> events = reference.read(all).finish(all);
      RolledUp kept = store.rolledUp();
      for (Attribute dimension : kept.dimensions()) {
        List<Measure> measures = new ArrayList<>(List.of(Measure.count()));
        kept.numbers().forEach(number -> measures.add(Measure.sum(number)));
        if (kept.ofPercentiles().contains(dimension)) {
          kept.percentiles().forEach(number -> measures.add(Measure.percentile(number, 0.9)));
        }
        if (kept.ofDistinct().contains(dimension)) {
          kept.distinct().forEach(text -> measures.add(Measure.distinct(text)));
        }
        Aggregate question =
            Aggregate.of(Filter.EVERYTHING, measures.toArray(Measure[]::new))
                .by(new Dimension.ByAttribute(dimension));
        assertThat(kept.cost(question)).isEqualTo(RolledUp.Cost.SUMS);
        compare(
            store.aggregate(question),
            reference.aggregate(question),
            question,
            events,
            "by " + dimension);
      }
    } finally {
      store.close();
    }
  }

  /** Asks both stores so many aggregates. */
  static void agree(
      RandomWorld world, EventStore store, EventStore reference, int questions, String where) {
    ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
    List<Event> events = reference.read(all).finish(all);
    assertThat(store.read(all).finish(all)).as(where).isEqualTo(events);
    for (int i = 0; i < questions; i++) {
      Aggregate question = world.aggregate();
      String as = where + " question " + i + " " + question;
      compare(store.aggregate(question), reference.aggregate(question), question, events, as);
    }
  }

  private static void compare(
      List<Row> rows, List<Row> expected, Aggregate question, List<Event> events, String as) {
    assertThat(rows)
        .as(as)
        .extracting(Row::key)
        .isEqualTo(expected.stream().map(Row::key).toList());
    for (int i = 0; i < rows.size(); i++) {
      for (int m = 0; m < question.measures().size(); m++) {
        Measure measure = question.measures().get(m);
        Number value = rows.get(i).values().get(m);
        Number right = expected.get(i).values().get(m);
        if (measure.kind() == Measure.Kind.PERCENTILE && value != null && right != null) {
          assertRank(
              RandomWorld.numbers(events, question, rows.get(i).key(), measure),
              value.doubleValue(),
              measure.rank(),
              as);
        } else {
          assertThat(value).as(as + " row " + i + " measure " + m).isEqualTo(right);
        }
      }
    }
  }

  private static void assertRank(double[] sorted, double value, double rank, String as) {
    long below = 0;
    long notAbove = 0;
    for (double number : sorted) {
      below += number < value ? 1 : 0;
      notAbove += number <= value ? 1 : 0;
    }
    double slack = 0.01 * sorted.length + 1e-9;
    assertThat((double) notAbove).as(as).isGreaterThanOrEqualTo(rank * sorted.length - slack);
    assertThat((double) below).as(as).isLessThanOrEqualTo(rank * sorted.length + slack);
    assertThat(notAbove).as(as + ": a number that is there").isGreaterThan(below);
  }
}
