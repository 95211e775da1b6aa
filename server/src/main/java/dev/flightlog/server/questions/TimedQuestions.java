package dev.flightlog.server.questions;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.server.metrics.Counters;
import dev.flightlog.server.metrics.Histograms;
import dev.flightlog.server.metrics.MetricFamily;
import java.util.List;
import java.util.function.Function;

/**
 * Counts the questions that are asked, and how long their answers take. Safe for many threads when
 * who answers is.
 */
public final class TimedQuestions implements Function<QuestionCall, Answer> {
  private final Function<QuestionCall, Answer> asker;
  private final Counters asked =
      new Counters(
          "flightlog_questions", "Questions that were asked, by outcome.", "question", "outcome");
  private final Histograms durations =
      new Histograms(
          "flightlog_question_duration_seconds",
          "Time until a question was answered, taking in what is new included.",
          "question");

  private TimedQuestions(Function<QuestionCall, Answer> asker) {
    this.asker = asker;
  }

  /** The same answers, counted; what is counted already stays as it is. */
  public static TimedQuestions of(Function<QuestionCall, Answer> asker) {
    return asker instanceof TimedQuestions timed ? timed : new TimedQuestions(asker);
  }

  @Override
  public Answer apply(QuestionCall call) {
    long begin = System.nanoTime();
    String outcome = "failed";
    try {
      Answer answer = asker.apply(call);
      outcome = "answered";
      durations.record(System.nanoTime() - begin, call.question());
      return answer;
    } catch (QuestionException e) {
      outcome = "refused";
      throw e;
    } finally {
      // A name that is no question is not a label: anybody could make as many as they like.
      asked.add(outcome.equals("refused") ? "any" : call.question(), outcome);
    }
  }

  List<MetricFamily> metrics() {
    return List.of(asked.family(), durations.family());
  }
}
