package dev.flightlog.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MomentTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-02-01T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void severalQuestionsOfOneMomentTakeInOnceAndEachTellsWhatIsMissing() {
    AtomicInteger takenIn = new AtomicInteger();
    Freshness freshness =
        bound -> List.of(new Pending("/srv/logs", "look " + takenIn.incrementAndGet(), null));
    try (MemoryStore store = new MemoryStore()) {
      Answerer answerer =
          new Answerer(store, TokenEstimate.standard(), CLOCK).after(freshness, Duration.ZERO);
      Answerer page = answerer.forOneMoment();
      for (String question : List.of("now", "spend", "quota")) {
        assertThat(page.ask(QuestionCall.of(question)).window().get("pending"))
            .asString()
            .contains("look 1");
      }
      assertThat(takenIn).hasValue(1);
      page = answerer.forOneMoment();
      assertThat(page.ask(QuestionCall.of("now")).window().get("pending"))
          .asString()
          .contains("look 2");
    }
  }
}
