package dev.flightlog.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Any question can be asked about one machine, or one person, of a store that machines share. */
class MachinesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final EventStore store = new MemoryStore();
  private final Answerer answerer =
      new Answerer(store, TokenEstimate.standard(), Clock.fixed(NOW, ZoneOffset.UTC));

  private void failures(int count, String session, Map<String, String> whose) {
    EventBatch batch = new EventBatch();
    for (int i = 0; i < count; i++) {
      Map<String, Object> details = new HashMap<>(whose);
      details.put("tool", "Bash");
      details.put("error_type", "timeout");
      batch.add(
          Mode.NEW,
          Event.builder(
                  EventIds.ofKey(session + " " + i),
                  NOW.minusSeconds(600 - i),
                  "tool_call",
                  Category.EXECUTION)
              .set(Field.SESSION_ID, session)
              .set(Field.SUCCESS, false)
              .details(details)
              .build());
    }
    store.append(new Append(batch));
  }

  private String ask(String question, Narrowing narrowing) {
    return answerer.ask(QuestionCall.of(question).narrowing(narrowing)).text();
  }

  @Test
  void itsErrorsAreCountedAlone() {
    failures(7, "here", Map.of("host.name", "laptop", "user.name", "ada"));
    failures(4, "there", Map.of("host.name", "server", "user.name", "ada"));
    failures(2, "elsewhere", Map.of("host.name", "server"));
    assertThat(ask("errors", Narrowing.NONE.machine("server"))).contains("6").contains("server");
    assertThat(ask("tools", Narrowing.NONE.machine("laptop"))).contains("7");
    assertThat(ask("tools", Narrowing.NONE.person("ada"))).contains("11").contains("person ada");
    String json =
        answerer
            .ask(
                QuestionCall.of("errors").narrowing(Narrowing.NONE.machine("server").person("ada")))
            .json();
    assertThat(json).contains("\"machine\":\"server\",\"person\":\"ada\"");
    assertThat(json).contains("\"events\":4");
  }

  @Test
  void everyQuestionTakesThem() {
    for (Question question : Questions.all()) {
      assertThat(question.named())
          .extracting("name")
          .as(question.name())
          .contains("machine", "person");
    }
  }

  @Test
  void aNameThatIsNotThereIsAnsweredWithThoseThatAre() {
    failures(3, "here", Map.of("host.name", "laptop"));
    assertThat(ask("errors", Narrowing.NONE.machine("labtop")))
        .contains("No machine 'labtop'; nearest: laptop");
    assertThat(ask("errors", Narrowing.NONE.person("ada")))
        .contains("No event here names its person; those in a store that machines share do.");
  }
}
