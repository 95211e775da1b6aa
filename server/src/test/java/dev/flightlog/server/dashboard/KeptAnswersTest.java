package dev.flightlog.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {
  @Test
  void whatIsShownOnceMoreSaysHowOldItIs() {
    Clock clock = Clock.fixed(SampleHome.NOW, ZoneOffset.UTC);
    Answer answer =
        new Answerer(new MemoryStore(), TokenEstimate.standard(), clock)
            .ask(QuestionCall.of("errors"));
    KeptAnswers.Dated dated = new KeptAnswers.Dated(SampleHome.NOW, answer);
    assertThat(dated.shownAt(SampleHome.NOW.plusSeconds(4)).notes()).isEqualTo(answer.notes());
    Answer later = dated.shownAt(SampleHome.NOW.plusSeconds(90));
    assertThat(later.notes()).contains("Worked out 1m 30s ago.").containsAll(answer.notes());
    assertThat(later.text()).isEqualTo(answer.text());
    assertThat(List.copyOf(later.window().keySet()))
        .isEqualTo(List.copyOf(answer.window().keySet()));
  }
}
