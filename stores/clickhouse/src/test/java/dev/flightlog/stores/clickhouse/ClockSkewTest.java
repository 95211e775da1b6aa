package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Mark;
import dev.flightlog.store.ReadRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Machines whose clocks tell different times, beside one store. */
class ClockSkewTest {
  private static final long NOW = System.currentTimeMillis();
  private static final long AHEAD = NOW + Duration.ofDays(400).toMillis();

  /** A machine without a battery. */
  private static final long BEHIND = 0;

  private final String database = TestServer.freshDatabase();

  private ClickHouseStore machine(String name, long clock) {
    return TestServer.open(database + "?machine=" + name, () -> clock);
  }

  private static Event only(ClickHouseStore store) {
    ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
    List<Event> events = store.read(all).finish(all);
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static Append part(String key, String value) {
    return Calls.append(
        Mode.MERGE, Calls.call(1).set(Field.AGENT_NAME, value).details(Map.of(key, value)).build());
  }

  @Test
  void theNewestChangeStandsWhoeverMadeIt() {
    for (long other : new long[] {BEHIND, AHEAD}) {
      try (ClickHouseStore one = machine("one", NOW);
          ClickHouseStore two = machine("two", other)) {
        one.append(part("first" + other, "a"));
        two.append(part("second" + other, "b"));
        one.append(part("third" + other, "c"));
        two.append(part("fourth" + other, "d"));
        assertThat(only(one).details())
            .containsKeys("first" + other, "second" + other, "third" + other, "fourth" + other);
        assertThat(only(two)).isEqualTo(only(one));
      }
    }
  }

  @Test
  void whatWasMadeOfPartsIsNotHiddenByACopyThatComesLate() {
    try (ClickHouseStore behind = machine("behind", BEHIND);
        ClickHouseStore ahead = machine("ahead", AHEAD)) {
      behind.append(part("told", "by parts"));
      ahead.append(Calls.append(Mode.NEW, Calls.call(1).build()));
      assertThat(only(ahead).details()).containsKey("told");
    }
  }

  @Test
  void aVersionOfPartsLiesAboveEveryVersionOfWhatIsNew() {
    for (long parts : new long[] {BEHIND, NOW, AHEAD}) {
      for (long fresh : new long[] {BEHIND, NOW, AHEAD}) {
        assertThat(new Versions(() -> parts).after(0))
            .isGreaterThan(new Versions(() -> fresh).ofNew());
      }
    }
  }

  @Test
  void whatIsForgottenBehindTheTimeStaysForgotten() {
    try (ClickHouseStore ahead = machine("ahead", AHEAD);
        ClickHouseStore behind = machine("behind", BEHIND)) {
      ahead.append(part("told", "a"));
      assertThat(behind.forget(Filter.is(Field.SESSION_ID, "s1")).events()).isEqualTo(1);
      ahead.append(part("told", "again"));
      assertThat(Calls.count(ahead)).isZero();
      assertThat(Calls.count(behind)).isZero();
    }
  }

  @Test
  void aMarkIsTheLastOneThatWasKeptAfterAClockWasSetBack() {
    for (long clock : new long[] {AHEAD, NOW, BEHIND}) {
      try (ClickHouseStore store = machine("one", clock)) {
        store.append(new Append(new EventBatch(), List.of(new Mark("file:a", "at " + clock))));
        assertThat(store.marks("")).containsEntry("file:a", "at " + clock);
      }
    }
  }
}
