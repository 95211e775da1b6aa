package dev.flightlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventIdsTest {
  @Test
  void idsOfOneGeneratorIncreaseAndNeverRepeat() {
    EventIds ids = new EventIds();
    Set<String> seen = new HashSet<>();
    String before = "";
    for (int i = 0; i < 200_000; i++) {
      byte[] out = new byte[EventIds.LENGTH];
      ids.next(1_758_636_623_908L + i / 1000, out, 0);
      String id = new String(out, StandardCharsets.US_ASCII);
      assertThat(EventIds.isWellFormed(id)).as(id).isTrue();
      assertThat(id).isGreaterThan(before);
      assertThat(seen.add(id)).isTrue();
      before = id;
    }
  }

  @Test
  void theTimeStandsInTheFirstTenDigitsAsTheUlidSpecificationSays() {
    byte[] out = new byte[EventIds.LENGTH];
    new EventIds().next(1_469_918_176_385L, out, 0);
    assertThat(new String(out, StandardCharsets.US_ASCII)).startsWith("01ARYZ6S41");
  }

  @Test
  void aClockThatGoesBackDoesNotMakeSmallerIds() {
    EventIds ids = new EventIds();
    byte[] first = new byte[EventIds.LENGTH];
    byte[] second = new byte[EventIds.LENGTH];
    ids.next(2_000_000_000_000L, first, 0);
    ids.next(1_000_000_000_000L, second, 0);
    assertThat(new String(second, StandardCharsets.US_ASCII))
        .isGreaterThan(new String(first, StandardCharsets.US_ASCII));
  }

  @Test
  void aForeignKeyAlwaysGivesTheSameId() {
    String id = EventIds.ofKey("tool_call:toolu_01");
    assertThat(id).isEqualTo(EventIds.ofKey("tool_call:toolu_01")).hasSize(26);
    assertThat(EventIds.isWellFormed(id)).isTrue();
    assertThat(id).isNotEqualTo(EventIds.ofKey("tool_call:toolu_02"));
  }
}
