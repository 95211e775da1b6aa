package dev.flightlog.cli;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.QuestionCall;
import dev.flightlog.analysis.wording.SafeText;
import dev.flightlog.server.Feature;
import dev.flightlog.server.questions.EventsFeature;
import dev.flightlog.server.questions.QuestionsFeature;
import dev.flightlog.server.tasks.TasksFeature;
import dev.flightlog.server.webhooks.WebhooksFeature;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.tasks.webhook.DeliveriesException;
import dev.flightlog.tasks.webhook.WebhookSettings;
import dev.flightlog.tasks.webhook.WebhookSettingsException;
import dev.flightlog.tasks.webhook.Webhooks;
import dev.flightlog.tasks.webhook.response.Pause;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server serves: the index, the tasks, and what keeps them fresh, open as long as it runs.
 */
final class Serving implements AutoCloseable {
  private final Call call;

  /** What is open, to be closed in the reverse order. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private final Index index;
  private final OpenTasks tasks;
  private final TaskQueue queue;
  private final Webhooks webhooks;
  private final Intake intake;
  private final Answerer answerer;
  private final @Nullable WorkerThread worker;

  private Serving(Call call) {
    this.call = call;
    try {
      index = opened(Index.open(call));
      tasks = opened(OpenTasks.of(call));
      queue = opened(OpenTasks.queue(call));
      webhooks = opened(webhooks(call, tasks, queue));
      intake = opened(new Intake(call, index, tasks.index()));
      answerer = AskCommand.answerer(index, call);
      worker = call.flag("--worker") ? opened(new WorkerThread(call, tasks, queue)) : null;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static Webhooks webhooks(Call call, OpenTasks tasks, TaskQueue queue) {
    InstantSource clock = call.console().clock();
    try {
      return Webhooks.open(
          call.home(),
          WebhookSettings.read(
              call.settings().webhooks(), call.console().environment(), Pause.REAL, clock),
          tasks.redactor(),
          tasks.recorder(),
          tasks.folders(),
          queue,
          clock);
    } catch (WebhookSettingsException e) {
      throw Failure.failed("config.json: " + SafeText.of(String.valueOf(e.getMessage())));
    } catch (DeliveriesException e) {
      throw Failure.failed(String.valueOf(e.getMessage()));
    }
  }

  static Serving open(Call call) {
    return new Serving(call);
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  /** Begins to take in what is new, and to run agents. */
  void start() {
    intake.start();
    if (worker != null) {
      worker.start();
    }
  }

  /** Every part of the server. A new one is added here, and nowhere else. */
  List<Feature> features() {
    return List.of(
        new QuestionsFeature(this::answer),
        new EventsFeature(index.store(), intake, call.console().clock()),
        new TasksFeature(tasks.folders(), tasks.index(), intake::runForTasks),
        new WebhooksFeature(webhooks));
  }

  private Answer answer(QuestionCall question) {
    intake.run();
    return answerer.ask(AskCommand.bounded(question, call));
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        call.console().say("not everything was closed well: " + e);
      }
    }
  }
}
