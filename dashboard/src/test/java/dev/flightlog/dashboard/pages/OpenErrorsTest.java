package dev.flightlog.dashboard.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.facts.ErrorFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenErrorsTest {
  private static final Instant AT = Instant.parse("2026-02-01T10:00:00Z");

  private final List<Event> events = new ArrayList<>();

  private void call(String command, boolean worked) {
    events.add(
        Event.builder(
                EventIds.ofKey("c" + events.size()),
                AT.plusSeconds(events.size()),
                EventTypes.TOOL_CALL,
                Category.EXECUTION)
            .set(Field.SESSION_ID, "s")
            .set(Field.AGENT_NAME, "main")
            .set(Field.SUCCESS, worked)
            .details(
                worked
                    ? Map.of("tool", "Bash", "input", Map.of("command", command))
                    : Map.of(
                        "tool",
                        "Bash",
                        "input",
                        Map.of("command", command),
                        "error_type",
                        "exit_code_1",
                        "message",
                        "it failed"))
            .build());
  }

  @Test
  void anErrorAfterWhichTheSameSucceededIsNotListed() {
    call("go test ./shop", false);
    call("npm publish", false);
    call("go test ./shop", true);
    assertThat(OpenErrors.of(new SessionEvents("s", events, false)))
        .extracting(ErrorFact::before)
        .containsExactly("npm publish");
  }
}
