package dev.flightlog.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How the machine gets into details, however these are written. */
class OutgoingRowsTest {
  private static @Nullable String sent(String details) {
    EventBatch batch = new EventBatch();
    batch.begin(Mode.NEW);
    batch.text(Field.ID, "id");
    batch.integer(Field.TIMESTAMP, 1);
    batch.text(Field.EVENT_TYPE, "tool_call");
    batch.text(Field.CATEGORY, "execution");
    batch.text(Field.DETAILS, details);
    batch.end();
    return new OutgoingRows(new Sender("m", "", false)).of(batch).text(0, Field.DETAILS);
  }

  @Test
  void theMachineStandsBehindWhatIsThere() {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("{}", "{\"host.name\":\"m\"}");
    expected.put("{ }", "{\"host.name\":\"m\"}");
    expected.put("{\"a\":1}", "{\"a\":1,\"host.name\":\"m\"}");
    expected.put(
        "{\"a\":{\"b\": [1, 2]},\"c\":\"}\"}",
        "{\"a\":{\"b\": [1, 2]},\"c\":\"}\",\"host.name\":\"m\"}");
    expected.put("{\"a\": 1}", "{\"a\":1,\"host.name\":\"m\"}");
    expected.put("{\"a\":1 }", "{\"a\":1,\"host.name\":\"m\"}");
    expected.put("{\"a\":1 ,\"b\":2}", "{\"a\":1,\"b\":2,\"host.name\":\"m\"}");
    expected.put("{\"a\":1, \"b\":2}", "{\"a\":1,\"b\":2,\"host.name\":\"m\"}");
    expected.put("{\"a\" :1}", "{\"a\":1,\"host.name\":\"m\"}");
    expected.put("{ \"a\":1}", "{\"a\":1,\"host.name\":\"m\"}");
    expected.put("{\"\\u0061\":1}", "{\"a\":1,\"host.name\":\"m\"}");
    expected.put("{\"host.name\":\"other\",\"a\":1}", "{\"host.name\":\"other\",\"a\":1}");
    expected.put("{\"host\\u002ename\":\"other\"}", "{\"host.name\":\"other\"}");
    expected.put("no object", "no object");
    expected.put("{\"a\":1", "{\"a\":1");
    expected.put("{\"a\":1}}", "{\"a\":1}}");
    expected.forEach((details, told) -> assertThat(sent(details)).isEqualTo(told));
  }

  @Test
  void whatIsSentDoesNotChangeWhenItIsSentAgain() {
    String once = sent("{\"a\":1}");
    assertThat(sent(String.valueOf(once))).isEqualTo(once);
  }
}
