package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Waiting apart from running, from transcripts alone, against the real client: hooks that answered
 * a request for permission after a known time wrote down when they were asked and when they
 * answered.
 */
class WaitingTruthTest {
  @TempDir Path home;

  @Test
  void mostOfTheTimeIsInTheRightColumn() throws IOException {
    // Of this session the rules were learnt.
    assertThat(share("s1")).isGreaterThan(0.88);
  }

  @Test
  void alsoInSessionsThatWereSetAsideBeforeTheRulesWereMade() throws IOException {
    assertThat(share("s2")).isGreaterThan(0.88);
    assertThat(share("s3")).isGreaterThan(0.88);
  }

  /** The share of the time between calls and their results that is told rightly. */
  private double share(String session) throws IOException {
    Desk desk = new Desk(home.resolve(session));
    desk.run(Desk.sample("waiting/" + session + ".jsonl"));
    JsonNode truth =
        new ObjectMapper().readTree(Desk.sample("waiting/truth.json").toFile()).path(session);
    Map<String, Event> calls = new HashMap<>();
    truth
        .fieldNames()
        .forEachRemaining(id ->
            calls.put(
                id,
                desk.events("tool_call").stream()
                    .filter(event ->
                        event.id().equals(dev.flightlog.event.EventIds.ofKey("tool_call:" + id)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no call " + id))));
    long all = 0;
    long wrong = 0;
    for (Map.Entry<String, Event> call : calls.entrySet()) {
      Long duration = call.getValue().integer(Field.DURATION_MS);
      if (duration == null) {
        continue;
      }
      Object told = call.getValue().details().get("waiting_ms");
      long waiting = told instanceof Number number ? number.longValue() : 0;
      all += duration;
      wrong +=
          Math.abs(
              waiting
                  - Objects.requireNonNull(truth.get(call.getKey())).path("waiting_ms").asLong());
    }
    assertThat(all).isGreaterThan(15_000);
    return 1 - (double) wrong / all;
  }
}
