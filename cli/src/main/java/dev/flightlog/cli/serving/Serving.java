package dev.flightlog.cli.serving;

import dev.flightlog.alerts.budget.BudgetBook;
import dev.flightlog.alerts.budget.Standing;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.ask.Pricing;
import dev.flightlog.analysis.sharing.SharedSession;
import dev.flightlog.cli.alerts.HomeAlerts;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Version;
import dev.flightlog.cli.forwarding.ForwardingThread;
import dev.flightlog.cli.revision.RevisionThread;
import dev.flightlog.cli.rules.TrialExchange;
import dev.flightlog.cli.tasks.WorkerThread;
import dev.flightlog.event.Timestamps;
import dev.flightlog.formats.hooks.HookProgram;
import dev.flightlog.home.ConfigWatch;
import dev.flightlog.home.Home;
import dev.flightlog.home.ShipLock;
import dev.flightlog.home.duty.Duty;
import dev.flightlog.home.forwarding.HomeForwarding;
import dev.flightlog.home.hooks.HookIntake;
import dev.flightlog.home.hooks.HookWatch;
import dev.flightlog.home.hooks.Receipt;
import dev.flightlog.home.index.HomeShipping;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.IndexFollower;
import dev.flightlog.home.index.Shipper;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.questions.HomeAnswerer;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.home.tasks.AgentSettings;
import dev.flightlog.home.tasks.HomeTasks;
import dev.flightlog.server.alerts.AlertsFeature;
import dev.flightlog.server.alerts.BudgetsFeature;
import dev.flightlog.server.events.IntakeFeature;
import dev.flightlog.server.hooks.HooksFeature;
import dev.flightlog.server.mcp.McpFeature;
import dev.flightlog.server.mcp.McpTools;
import dev.flightlog.server.otlp.OtlpFeature;
import dev.flightlog.server.questions.EventsFeature;
import dev.flightlog.server.questions.QuestionsFeature;
import dev.flightlog.server.runs.RunsFeature;
import dev.flightlog.server.sharing.SharingFeature;
import dev.flightlog.server.stats.SlackCommandsFeature;
import dev.flightlog.server.stats.StatsFeature;
import dev.flightlog.server.stats.TaskFigures;
import dev.flightlog.server.stream.StreamFeature;
import dev.flightlog.server.tasks.TasksFeature;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.webhooks.WebhooksFeature;
import dev.flightlog.tasks.live.StoredStats;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.webhooks.DeliveriesException;
import dev.flightlog.webhooks.WebhookSettings;
import dev.flightlog.webhooks.WebhookSettingsException;
import dev.flightlog.webhooks.Webhooks;
import dev.flightlog.webhooks.response.Pause;
import dev.flightlog.wording.SafeText;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server serves: the index, the tasks, and what keeps them fresh, open as long as it runs.
 */
public final class Serving implements AutoCloseable {
  private final Invocation call;

  /** What is open, to be closed in the reverse order. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private final Index index;
  private final HomeTasks tasks;
  private final TaskQueue queue;
  private final Webhooks webhooks;
  private final IndexFollower intake;
  private final HookIntake hooks;
  private final HookWatch hookWatch;
  private final Answerer answerer;
  private final HomeAlerts alerts;
  private final @Nullable WorkerThread worker;

  private Serving(Invocation call) {
    this.call = call;
    try {
      index = opened(openIndex(call.home()));
      tasks = opened(HomeTasks.of(call.home()));
      queue = opened(HomeTasks.queue(call.home()));
      webhooks = opened(webhooks(call, webhookSettings(call.home()), tasks, queue));
      intake = opened(new IndexFollower(index, tasks.index()));
      hooks = new HookIntake(call.home(), tasks.recorder());
      hookWatch = opened(new HookWatch(call.home(), hooks, intake));
      answerer = HomeAnswerer.of(index, intake, call::settings).learningInBackground();
      opened(new ConfigWatch(call.home(), this::changeTo).start());
      Duty revision = opened(duty("revision"));
      opened(new RevisionThread(call, index, intake, revision).start());
      Duty watch = opened(duty("alerts"));
      alerts = opened(new HomeAlerts(call, index, tasks, intake::complaint, watch)).start();
      forward();
      worker = call.flag("--worker") ? opened(new WorkerThread(call, tasks, queue)) : null;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** A store of other machines may be away when this one starts. */
  private static Index openIndex(Home home) {
    try {
      return HomeShipping.isShared(home) ? new Shipper(home).opened() : Index.open(home);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("stopped while the store was waited for");
    }
  }

  /** Work that one of all servers beside the store does. */
  private Duty duty(String work) {
    return Duty.of(call.home(), index.store(), work, call.console()::say).start();
  }

  /** Ships journals on, unless another process does. */
  private void forward() {
    Optional<ShipLock> lock = ShipLock.take(call.home());
    lock.ifPresent(this::opened);
    if (lock.isPresent()) {
      opened(new ForwardingThread(call.home(), call.console()::say).start());
      opened(new TrialExchange(call.home(), call.console()::say).start());
    } else if (HomeForwarding.target(call.home()).isPresent()) {
      call.console().say("another process of this home sends its journals on, and goes on with it");
    }
  }

  private static WebhookSettings webhookSettings(Home home) {
    try {
      return WebhookSettings.read(
          home.settings().webhooks(), home.environment(), Pause.REAL, home.clock());
    } catch (WebhookSettingsException e) {
      throw new HomeException("config.json: " + SafeText.of(String.valueOf(e.getMessage())));
    }
  }

  /** Takes of new settings what takes effect at once. */
  private void changeTo(Home changed) {
    AgentSettings.check(changed.settings());
    webhooks.changeTo(webhookSettings(changed));
    call.changeTo(changed);
  }

  private static Webhooks webhooks(
      Invocation call, WebhookSettings settings, HomeTasks tasks, TaskQueue queue) {
    try {
      return Webhooks.open(
          call.home().folder(),
          settings,
          tasks.redactor(),
          tasks.recorder(),
          tasks.folders(),
          queue,
          call.console().clock(),
          message -> call.console().say(message));
    } catch (DeliveriesException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
  }

  static Serving open(Invocation call) {
    return new Serving(call);
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  /** Begins to take in what is new, and to run agents. */
  void start() {
    intake.start();
    hookWatch.start();
    if (worker != null) {
      worker.start();
    }
  }

  /** Every part of the server. A new one is added here, and nowhere else. */
  List<Feature> features() {
    StreamFeature stream =
        new StreamFeature(index.store(), call.console().clock().withZone(call.settings().zone()));
    intake.whenTakenIn(stream::wake);
    TaskFigures figures = new TaskFigures(index.store(), intake, call.console().clock());
    List<Feature> features = new ArrayList<>();
    features.add(ServedPages.of(call, answerer, index, intake, tasks, queue));
    features.add(new QuestionsFeature(answerer::ask));
    features.add(new RunsFeature(answerer::ask));
    features.add(
        new EventsFeature(
            index.store(),
            intake,
            intake::complaint,
            call.console().clock().withZone(call.settings().zone())));
    features.add(stream);
    features.add(new TasksFeature(tasks.folders(), tasks.index(), intake::runForTasks));
    features.add(new WebhooksFeature(webhooks));
    features.add(new IntakeFeature(tasks.recorder()));
    features.add(
        new McpFeature(
            new McpTools(
                answerer::ask,
                agent -> StoredStats.at(call.console().clock().instant(), index.store(), agent)),
            Version.text()));
    features.add(new HooksFeature(this::hook));
    features.add(new OtlpFeature(tasks.recorder(), call.home().receivingSettings()));
    features.add(new HomeMetrics(index, intake, tasks.index(), queue));
    features.add(sharing());
    features.add(budgets());
    features.add(new AlertsFeature(alerts.book(), call.console().clock()));
    features.add(stats(figures));
    features.add(new SlackCommandsFeature(figures, () -> webhooks.signatureOf("slack")));
    return features;
  }

  private Optional<String> hook(String program, byte[] body)
      throws HooksFeature.UnwrittenException {
    Optional<HookProgram> known = HookProgram.named(program);
    if (known.isEmpty()) {
      return Optional.of("hooks are taken of claude, codex, gemini and copilot, not of " + program);
    }
    long now = Timestamps.of(call.console().clock().instant());
    return switch (hooks.take(known.get(), body, now)) {
      case Receipt.Kept kept -> {
        hookWatch.received();
        yield Optional.empty();
      }
      case Receipt.Refused refused -> Optional.of(refused.reason());
      case Receipt.Unwritten unwritten ->
          throw new HooksFeature.UnwrittenException(unwritten.problem());
    };
  }

  private SharingFeature sharing() {
    Pricing pricing = HomeAnswerer.pricing(call.home());
    return new SharingFeature(
        session -> SharedSession.of(index.store(), tasks.redactor(), pricing, session),
        () -> new Dates(call.settings().zone()));
  }

  private BudgetsFeature budgets() {
    Pricing pricing = HomeAnswerer.pricing(call.home());
    return new BudgetsFeature(
        BudgetBook.inHome(call.home().folder()),
        budgets -> {
          intake.run();
          return Standing.of(
              budgets,
              index.store(),
              pricing,
              new Dates(call.settings().zone()),
              Timestamps.of(call.console().clock().instant()));
        });
  }

  private StatsFeature stats(TaskFigures figures) {
    int seconds = call.settings().number(Setting.TASK_METRICS_CSV);
    return seconds == 0
        ? new StatsFeature(figures)
        : new StatsFeature(
            figures, call.home().file("task_metrics.csv"), Duration.ofSeconds(seconds));
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
