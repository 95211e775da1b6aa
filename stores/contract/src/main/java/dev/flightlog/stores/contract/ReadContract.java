package dev.flightlog.stores.contract;

import static dev.flightlog.stores.contract.Samples.START;
import static dev.flightlog.stores.contract.Samples.append;
import static dev.flightlog.stores.contract.Samples.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Position;
import dev.flightlog.store.ReadRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reading: what matches, in one order, page by page. */
public interface ReadContract extends Stores {

  @Test
  default void eventsOfOneTimeStandInTheOrderOfTheirIds() {
    try (EventStore store = freshStore()) {
      store.append(
          append(
              Mode.NEW,
              call("a", 1).build(),
              call("b", 1).build(),
              call("c", 0).build(),
              call("d", 1).build()));
      ReadRequest request = ReadRequest.oldestFirst(Filter.EVERYTHING);
      List<Event> oldest = store.read(request).finish(request);
      assertThat(oldest).extracting(Position::of).isSorted();
      ReadRequest back = ReadRequest.newestFirst(Filter.EVERYTHING);
      assertThat(store.read(back).finish(back)).isEqualTo(oldest.reversed());
    }
  }

  @Test
  default void aPageGoesOnBehindAPosition() {
    try (EventStore store = freshStore()) {
      store.append(
          append(Mode.NEW, call("a", 1).build(), call("b", 1).build(), call("c", 2).build()));
      ReadRequest first = ReadRequest.newestFirst(Filter.EVERYTHING).limit(2);
      List<Event> page = store.read(first).finish(first);
      ReadRequest next = first.after(Position.of(page.getLast()));
      List<Event> rest = store.read(next).finish(next);
      assertThat(page).hasSize(2);
      assertThat(rest).hasSize(1).doesNotContainAnyElementsOf(page);
    }
  }

  @Test
  default void ofSeveralStretchesOfTimeOnlyWhatIsInAllIsRead() {
    try (EventStore store = freshStore()) {
      for (int second = 0; second < 5; second++) {
        store.append(append(Mode.NEW, call("a" + second, second).build()));
      }
      long start = Timestamps.of(START);
      Filter.Time first = new Filter.Time(start, start + 4_000_000);
      Filter.Time second = new Filter.Time(start + 2_000_000, start + 9_000_000);
      Filter both = Filter.and(first, Filter.and(Filter.is(Field.EVENT_TYPE, "tool_call"), second));
      assertThat(read(store, both)).containsExactly(call("a2", 2).build(), call("a3", 3).build());
      assertThat(Filter.and(first, second))
          .isEqualTo(new Filter.Time(start + 2_000_000, start + 4_000_000));
      Filter never = Filter.and(new Filter.Time(start, start + 1), second);
      assertThat(read(store, never)).isEmpty();
    }
  }

  @Test
  default void sinceIsInclusiveAndUntilIsNot() {
    try (EventStore store = freshStore()) {
      store.append(
          append(Mode.NEW, call("a", 0).build(), call("b", 1).build(), call("c", 2).build()));
      long start = Timestamps.of(START);
      assertThat(read(store, Filter.and(Filter.since(start), Filter.until(start + 1_000_000))))
          .containsExactly(call("a", 0).build());
    }
  }

  @Test
  default void whatIsAbsentMatchesNoComparison() {
    try (EventStore store = freshStore()) {
      Event with = call("a", 0).set(Field.AGENT_NAME, "planner").build();
      Event without = call("b", 1).build();
      store.append(append(Mode.NEW, with, without));
      Filter planner = Filter.is(Field.AGENT_NAME, "planner");
      assertThat(read(store, planner)).containsExactly(with);
      assertThat(read(store, Filter.not(planner))).containsExactly(without);
      assertThat(read(store, Filter.not(Filter.is(Field.AGENT_NAME, "x")))).hasSize(2);
      assertThat(read(store, Filter.absent(Attribute.of(Field.AGENT_NAME))))
          .containsExactly(without);
    }
  }

  @Test
  default void aSearchIsLiteralAndFoldsCase() {
    try (EventStore store = freshStore()) {
      Event event =
          call("a", 0)
              .details(Map.of("message", "File_not found: 100% of C:\\Users\\Jürgen \"x\""))
              .build();
      store.append(append(Mode.NEW, event, call("b", 1).details(Map.of("message", "no")).build()));
      for (String text : List.of("FILE_NOT", "100%", "C:\\users", "jÜrgen", "\"x\"", "ound: 1")) {
        assertThat(read(store, Filter.anywhere(text))).as(text).containsExactly(event);
      }
      for (String text : List.of("file%found", "filexnot", "K\u212a")) {
        assertThat(read(store, Filter.anywhere(text))).as(text).isEmpty();
      }
      assertThat(read(store, Filter.anywhere("tool_CALL"))).hasSize(2);
    }
  }

  @Test
  default void detailsAreLookedIntoByTypeAndKey() {
    try (EventStore store = freshStore()) {
      Event text = call("a", 0).details(Map.of("exit code", "1", "it's", "y")).build();
      Event number = call("b", 1).details(Map.of("exit code", 1)).build();
      store.append(append(Mode.NEW, text, number));
      Attribute code = Attribute.detail("exit code");
      assertThat(read(store, Filter.is(code, "1"))).containsExactly(text);
      assertThat(read(store, new Filter.Between(code, 0.5, 1.5))).containsExactly(number);
      assertThat(read(store, Filter.is(Attribute.detail("it's"), "y"))).containsExactly(text);
      assertThat(read(store, Filter.absent(Attribute.detail("it's")))).containsExactly(number);
    }
  }

  @Test
  default void readsGoOnWhileEventsAreAppended() {
    try (EventStore store = freshStore()) {
      store.append(append(Mode.NEW, call("a", 0).build(), call("b", 1).build()));
      ReadRequest request = ReadRequest.oldestFirst(Filter.EVERYTHING);
      try (var answer = store.read(request)) {
        var events = answer.events().iterator();
        assertThat(events.next()).isEqualTo(call("a", 0).build());
        store.append(append(Mode.NEW, call("c", 2).build()));
        assertThat(events.next()).isEqualTo(call("b", 1).build());
      }
      assertThat(read(store, Filter.EVERYTHING)).hasSize(3);
    }
  }

  private static List<Event> read(EventStore store, Filter filter) {
    ReadRequest request = ReadRequest.oldestFirst(filter);
    return store.read(request).finish(request);
  }
}
