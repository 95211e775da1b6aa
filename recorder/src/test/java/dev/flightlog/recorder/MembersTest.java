package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Field;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MembersTest {
  private final Members members = new Members();

  @Test
  void twoHundredSessionsAndWorkflowsAndFortyAgentsAreAllKeptAtOnce() {
    for (int round = 0; round < 2; round++) {
      int missing = 0;
      for (int i = 0; i < 200; i++) {
        missing += missing(Field.SESSION_ID, "20250923_141" + i);
        missing += missing(Field.WORKFLOW_ID, "workflow_" + i);
        missing += missing(Field.AGENT_NAME, "agent_" + i % 40);
      }
      assertThat(missing).isEqualTo(round == 0 ? 440 : 0);
    }
  }

  @Test
  void valuesWithoutEndAreTurnedAwayButOnceInAWhile() {
    int admitted = 0;
    for (int i = 0; i < 100_000; i++) {
      admitted += missing(Field.SESSION_ID, "session " + i) == 1 ? 1 : 0;
    }
    assertThat(admitted).isBetween(1024, 5000);
  }

  @Test
  void aValueIsFoundUnderItsFieldOnly() {
    missing(Field.SESSION_ID, "one");
    assertThat(members.get(Field.SESSION_ID, "one")).asString().contains("one");
    assertThat(members.get(Field.WORKFLOW_ID, "one")).isNull();
  }

  /** 1 if the value was not known and was put. */
  private int missing(Field field, String text) {
    if (members.get(field, text) != null || !members.admits(field, text)) {
      return 0;
    }
    members.put(field, text, text.getBytes(StandardCharsets.UTF_8));
    return 1;
  }
}
