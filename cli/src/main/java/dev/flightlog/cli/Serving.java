package dev.flightlog.cli;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.QuestionCall;
import dev.flightlog.server.Feature;
import dev.flightlog.server.questions.EventsFeature;
import dev.flightlog.server.questions.QuestionsFeature;
import dev.flightlog.server.tasks.TasksFeature;
import java.util.List;

/**
 * What a server serves: the index, the tasks, and what keeps them fresh, open as long as it runs.
 */
final class Serving implements AutoCloseable {
  private final Call call;
  private final Index index;
  private final OpenTasks tasks;
  private final Intake intake;
  private final Answerer answerer;

  private Serving(Call call, Index index, OpenTasks tasks) {
    this.call = call;
    this.index = index;
    this.tasks = tasks;
    this.intake = new Intake(call, index, tasks.index());
    this.answerer = AskCommand.answerer(index, call);
  }

  static Serving open(Call call) {
    Index index = Index.open(call);
    try {
      return new Serving(call, index, OpenTasks.of(call));
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  /** Begins to take in what is new. */
  void start() {
    intake.start();
  }

  /** Every part of the server. A new one is added here, and nowhere else. */
  List<Feature> features() {
    return List.of(
        new QuestionsFeature(this::answer),
        new EventsFeature(index.store(), intake, call.console().clock()),
        new TasksFeature(tasks.folders(), tasks.index()));
  }

  private Answer answer(QuestionCall question) {
    intake.run();
    return answerer.ask(AskCommand.bounded(question, call));
  }

  @Override
  public void close() {
    intake.close();
    tasks.close();
    index.close();
  }
}
