package dev.flightlog.home.duty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.store.EventStore;
import dev.flightlog.stores.clickhouse.ClickHouseProvider;
import dev.flightlog.stores.sqlite.SqliteProvider;
import dev.flightlog.stores.testserver.ClickHouseNode;
import dev.flightlog.stores.testserver.MissingServerException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers beside one store, each with its own connection to the real ClickHouse. */
class DutyTest {
  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();

  private static ClickHouseNode node() {
    try {
      return ClickHouseNode.shared();
    } catch (MissingServerException e) {
      String why = String.valueOf(e.getMessage());
      System.err.println(why);
      return Assumptions.abort(why);
    }
  }

  private static EventStore open(ClickHouseNode node) {
    String address = node.address("duty");
    return new ClickHouseProvider(_ -> node.password())
        .open(address.substring(address.indexOf(':') + 1));
  }

  @Test
  void oneOfTwoServersHasTheDutyAndWhenItIsGoneTheOtherGoesOnWithWhatIsDone() {
    ClickHouseNode node = node();
    try (EventStore one = open(node);
        EventStore two = open(node)) {
      Duty first = new Duty(one, "revision", "one", told::add);
      Duty second = new Duty(two, "revision", "two", told::add);
      first.turn();
      second.turn();
      assertThat(first.holds()).isTrue();
      assertThat(second.holds()).isFalse();
      assertThat(first.done("2026-W01")).isTrue();
      assertThat(second.done("2026-W02")).isFalse();
      first.turn();
      assertThat(first.holds()).as("it is renewed").isTrue();
      // Killed: it gives nothing back. In the store its lease ends, here in no time.
      node.query(
          """
          INSERT INTO duty.marks
          SELECT machine, key, concat(splitByChar(' ', assumeNotNull(value))[1], ' 1 ', 'one'), version + 1000000000
          FROM duty.marks FINAL WHERE machine = '#leases' AND value IS NOT NULL\
          """);
      second.turn();
      assertThat(second.holds()).isTrue();
      assertThat(second.done()).containsExactly("2026-W01");
      assertThat(second.done("2026-W02")).isTrue();
      first.turn();
      assertThat(first.holds()).as("who comes back does not have it any more").isFalse();
      assertThat(first.done("2026-W03")).isFalse();
      assertThat(told)
          .hasSize(3)
          .last()
          .asString()
          .contains("another server does the revision of the shared store");
      second.close();
      first.turn();
      assertThat(first.holds()).as("what is given back can be had at once").isTrue();
    }
  }

  @Test
  void besideAStoreOfOneMachineItIsAlwaysHeld() {
    try (EventStore own = new SqliteProvider().open(folder.resolve("events.db").toString())) {
      Duty duty = new Duty(own, "revision", "me", told::add).start();
      assertThat(duty.holds()).isTrue();
      assertThat(duty.done("2026-W01")).isTrue();
      assertThat(duty.done()).isEmpty();
      duty.close();
    }
    assertThat(told).isEmpty();
  }
}
