package dev.flightlog.stores.contract;

import static dev.flightlog.stores.contract.Samples.append;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.store.EventStore;
import dev.flightlog.store.Mark;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Marks of a store that several machines share. */
public interface SharedMarksContract {
  /** Opens the store of this test, always the same, as this machine. */
  EventStore openedBy(String machine);

  /** Opens it as a machine whose clock is a year behind. */
  EventStore openedWithAnOldClockBy(String machine);

  @Test
  default void marksOfAllAreThoseOfEveryMachineAndOthersStayApart() {
    try (EventStore anna = openedBy("anna");
        EventStore ben = openedBy("ben")) {
      anna.append(
          append(
              List.of(
                  new Mark("digest:cursor", "of anna"),
                  new Mark("digest:facts:a", "1"),
                  new Mark("digest", "anna's own"),
                  new Mark("file:a", "anna's"))));
      ben.append(append(List.of(new Mark("file:a", "ben's"))));
      assertThat(ben.marks("digest:"))
          .isEqualTo(Map.of("digest:cursor", "of anna", "digest:facts:a", "1"));
      assertThat(ben.marks("")).hasSize(3).containsEntry("file:a", "ben's");
      assertThat(anna.marks("dig")).hasSize(3).containsEntry("digest", "anna's own");
      assertThat(ben.marks("digest:cursor")).hasSize(1);
      assertThat(ben.marksOf(List.of("digest:cursor", "file:a", "digest", "none")))
          .isEqualTo(Map.of("digest:cursor", "of anna", "file:a", "ben's"));
      assertThat(ben.markKeys("digest:")).containsExactly("digest:cursor", "digest:facts:a");
      assertThat(ben.markKeys("")).containsExactly("digest:cursor", "digest:facts:a", "file:a");
      ben.append(append(List.of(new Mark("digest:facts:a", null))));
      assertThat(anna.marks("digest:")).containsOnlyKeys("digest:cursor");
      assertThat(anna.markKeys("digest:")).containsExactly("digest:cursor");
    }
  }

  @Test
  default void ofTwoWhoWriteOneMarkTheLaterCountsWhateverTheirClocksSay() {
    try (EventStore anna = openedBy("anna");
        EventStore ben = openedWithAnOldClockBy("ben")) {
      anna.append(append(List.of(new Mark("digest:cursor", "first"))));
      ben.append(append(List.of(new Mark("digest:cursor", "second"))));
      assertThat(anna.marks("digest:cursor")).containsValue("second");
      ben.append(append(List.of(new Mark("digest:cursor", "third"))));
      assertThat(anna.marks("digest:cursor")).containsValue("third");
    }
  }
}
