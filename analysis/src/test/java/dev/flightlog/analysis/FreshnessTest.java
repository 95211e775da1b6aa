package dev.flightlog.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.arguments.EventFilter;
import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An answer takes in what is new first, and tells what it could not. */
class FreshnessTest {
  private static final Pending SLOW =
      new Pending("/logs/big", "the time for it was over", "flightlog import /logs/big");

  private static QuestionCall call(String question, Reader reader, Narrowing narrowing) {
    return new QuestionCall(question, List.of(), narrowing, EventFilter.NONE, reader);
  }

  @Test
  void theStoreIsBroughtUpToDateWithinTheBoundBeforeEachAnswer() {
    List<Duration> bounds = new ArrayList<>();
    Answerer answerer =
        SmallWorld.answerer()
            .after(
                bound -> {
                  bounds.add(bound);
                  return List.of();
                },
                Duration.ofMillis(700));
    assertThat(answerer.ask(QuestionCall.of("errors")).json()).contains("\"pending\":[]");
    answerer.ask(QuestionCall.of("cost"));
    assertThat(bounds).containsExactly(Duration.ofMillis(700), Duration.ofMillis(700));
  }

  @Test
  void whatWasNotTakenInStandsInTextAndJsonInTheWordsOfWhoeverReads() {
    Answerer answerer = SmallWorld.answerer().after(bound -> List.of(SLOW), Duration.ZERO);
    Answer line = answerer.ask(call("errors", Reader.COMMAND_LINE, Narrowing.NONE));
    assertThat(line.text())
        .contains(
            "Not yet in this answer: what may be new in /logs/big (the time for it was over); take it in:"
                + " flightlog import /logs/big\n");
    assertThat(line.json())
        .contains(
            "\"pending\":[{\"source\":\"/logs/big\",\"reason\":\"the time for it was over\"}]");
    for (Reader reader : List.of(Reader.MCP, Reader.HTTP)) {
      assertThat(answerer.ask(call("errors", reader, Narrowing.NONE)).text())
          .contains("(the time for it was over); ask again, it goes on from there\n")
          .doesNotContain("flightlog import");
    }
  }

  @Test
  void everyQuestionTellsItWithinItsOwnBudget() {
    Answerer answerer = SmallWorld.answerer().after(bound -> List.of(SLOW), Duration.ZERO);
    for (Question question : Questions.all()) {
      if (question.arguments().stream().noneMatch(argument -> argument.required())) {
        Answer answer = answerer.ask(call(question.name(), Reader.MCP, Narrowing.NONE));
        assertThat(answer.text())
            .as(question.name())
            .containsPattern("Not yet in this answer|Not up to date");
        assertThat(answer.tokens()).isLessThanOrEqualTo(answer.budget());
        assertThat(TokenEstimate.standard().of(answer.text())).isEqualTo(answer.tokens());
      }
    }
  }

  @Test
  void theBoundOfTokensIsAskedAtEachCall() {
    AtomicInteger most = new AtomicInteger(100);
    Answerer answerer = SmallWorld.answerer().bounded(most::get);
    assertThat(answerer.ask(QuestionCall.of("errors")).budget()).isEqualTo(100);
    most.set(120);
    assertThat(answerer.ask(QuestionCall.of("errors")).budget()).isEqualTo(120);
    assertThat(answerer.ask(QuestionCall.of("errors").maxTokens(300)).budget()).isEqualTo(300);
  }
}
