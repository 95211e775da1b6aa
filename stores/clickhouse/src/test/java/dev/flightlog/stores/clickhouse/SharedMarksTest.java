package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.EventBatch;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Mark;
import dev.flightlog.stores.contract.SharedMarksContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SharedMarksTest implements SharedMarksContract {
  private final String database = TestServer.freshDatabase();

  @Override
  public EventStore openedBy(String machine) {
    return TestServer.open(database + "?machine=" + machine);
  }

  @Override
  public EventStore openedWithAnOldClockBy(String machine) {
    long year = Duration.ofDays(365).toMillis();
    return TestServer.open(
        database + "?machine=" + machine, () -> System.currentTimeMillis() - year);
  }

  @Test
  void whatMachinesKeptOfTheirOwnInAnEarlierBuildIsIgnoredAndDeletedOnce() {
    try (EventStore anna = openedBy("anna")) {
      TestServer.node()
          .query(
              "INSERT INTO "
                  + database
                  + ".marks VALUES ('anna', 'digest:cursor', 'old', 1), ('ben', 'digest:facts:x',"
                  + " 'old', 1), ('ben', 'file:a', 'kept', 1)");
      assertThat(anna.marks("digest:")).isEmpty();
      anna.append(new Append(new EventBatch(), List.of(new Mark("digest:cursor", "new"))));
      String left = "SELECT groupArray(concat(machine, ' ', key)) FROM " + database + ".marks";
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (TestServer.node().query(left).contains("x")) {
        assertThat(System.nanoTime()).as("it is deleted in time").isLessThan(end);
        LockSupport.parkNanos(20_000_000);
      }
      assertThat(TestServer.node().query(left + " WHERE value != 'new'"))
          .isEqualTo("['ben file:a']");
      assertThat(anna.marks("digest:")).containsEntry("digest:cursor", "new");
    }
  }
}
