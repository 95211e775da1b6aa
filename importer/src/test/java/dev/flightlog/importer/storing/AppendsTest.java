package dev.flightlog.importer.storing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Mark;
import dev.flightlog.store.view.StoreView;
import dev.flightlog.stores.memory.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows on their way into a store that wants many at once, and into one that does not mind. */
class AppendsTest {
  private final MemoryStore memory = new MemoryStore();
  private final List<Integer> sizes = new ArrayList<>();
  private final List<Long> told = new ArrayList<>();

  private Appends appends(int wanted) {
    return new Appends(new Wanting(memory, wanted), told::add);
  }

  private void add(Appends appends, int from, int to) {
    EventBatch batch = new EventBatch();
    for (int i = from; i < to; i++) {
      batch.add(
          Mode.NEW,
          Event.builder(
                  EventIds.ofKey("event " + i),
                  Instant.ofEpochSecond(i),
                  "note",
                  Category.EXECUTION)
              .build());
    }
    appends.add(batch, List.of(new Mark("file:a", Integer.toString(to))), to);
    batch.clear();
  }

  @Test
  void rowsAreGatheredUntilThereAreAsManyAsTheStoreWants() {
    Appends appends = appends(25);
    for (int from = 0; from < 70; from += 10) {
      add(appends, from, from + 10);
    }
    assertThat(sizes).containsExactly(30, 30);
    assertThat(told).as("only what is stored is told").containsExactly(30L, 60L);
    assertThat(memory.marks("")).containsEntry("file:a", "60");
    appends.end();
    assertThat(sizes).containsExactly(30, 30, 10);
    assertThat(appends.all()).isEqualTo(new Appended(70, 0, 0, 0));
    assertThat(memory.marks("")).containsEntry("file:a", "70");
    assertThat(memory.check().events()).isEqualTo(70);
  }

  @Test
  void aStoreThatDoesNotMindGetsThemAsTheyCome() {
    Appends appends = appends(0);
    add(appends, 0, 3);
    add(appends, 3, 3);
    add(appends, 3, 5);
    assertThat(sizes).containsExactly(3, 0, 2);
    assertThat(told).containsExactly(3L, 3L, 5L);
  }

  @Test
  void whatIsEnoughByItselfIsNotGathered() {
    Appends appends = appends(25);
    add(appends, 0, 40);
    add(appends, 40, 50);
    add(appends, 50, 90);
    assertThat(sizes).containsExactly(40, 50);
  }

  /** Notes how many rows come at once. */
  private final class Wanting extends StoreView {
    private final int wanted;

    Wanting(EventStore behind, int wanted) {
      super(behind);
      this.wanted = wanted;
    }

    @Override
    public int appendSize() {
      return wanted;
    }

    @Override
    public Appended append(Append append) {
      sizes.add(append.events().size());
      return super.append(append);
    }
  }
}
