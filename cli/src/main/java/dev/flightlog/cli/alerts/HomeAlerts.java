package dev.flightlog.cli.alerts;

import dev.flightlog.alerts.AlertSettings;
import dev.flightlog.alerts.Alerting;
import dev.flightlog.alerts.budget.Budget;
import dev.flightlog.alerts.budget.BudgetBook;
import dev.flightlog.alerts.guard.GuardFiles;
import dev.flightlog.alerts.guard.SpendingGuard;
import dev.flightlog.alerts.rules.ErrorRate;
import dev.flightlog.alerts.rules.FullContext;
import dev.flightlog.alerts.rules.Loop;
import dev.flightlog.alerts.rules.OnDuty;
import dev.flightlog.alerts.rules.OpenWork;
import dev.flightlog.alerts.rules.SessionWatch;
import dev.flightlog.alerts.rules.Shipping;
import dev.flightlog.alerts.rules.Silence;
import dev.flightlog.alerts.rules.Spending;
import dev.flightlog.alerts.rules.Storage;
import dev.flightlog.alerts.state.AlertBook;
import dev.flightlog.analysis.Freshness;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.home.Home;
import dev.flightlog.home.duty.Duty;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.questions.HomeAnswerer;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.home.settings.Settings;
import dev.flightlog.home.tasks.HomeTasks;
import dev.flightlog.tasks.PeriodicThread;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of a home while a server runs: looks every five seconds, and sends on a thread of its
 * own, so that a target that is down holds up nobody.
 */
public final class HomeAlerts implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration SENDS = Duration.ofSeconds(1);

  private final Invocation call;
  private final Alerting alerting;
  private final PeriodicThread looking;
  private final PeriodicThread sending;
  private @Nullable Settings readFrom;
  private @Nullable AlertSettings read;

  /**
   * @param complaint what cannot be taken in now; empty when all can
   * @param duty whether this server, of all beside the store, tells what the store holds; what is
   *     wrong on this machine it tells in any case
   */
  public HomeAlerts(
      Invocation call, Index index, HomeTasks tasks, Supplier<String> complaint, Duty duty) {
    this.call = call;
    looking = new PeriodicThread("flightlog-alerts", call.console()::say);
    sending = new PeriodicThread("flightlog-alerts-sending", call.console()::say);
    Home home = call.home();
    Path folder = home.folder();
    BudgetBook budgets = BudgetBook.inHome(folder);
    Supplier<List<Budget>> all = budgets::all;
    SessionWatch watch = new SessionWatch(index.store());
    HomeConditions conditions =
        new HomeConditions(
            call::home, index, HomeAnswerer.of(index, Freshness.NONE, call::settings), tasks);
    AlertBook book;
    try {
      book = AlertBook.open(folder);
      settings();
    } catch (IOException e) {
      throw CommandException.failed(
          folder.resolve(AlertBook.FILE) + " cannot be read (" + e + "): check its permissions");
    }
    alerting =
        new Alerting(
            index.store(),
            HomeAnswerer.pricing(home),
            home.clock(),
            book,
            watch,
            List.of(
                new OnDuty(new ErrorRate(), duty::holds),
                new OnDuty(new Spending(all), duty::holds),
                new OnDuty(new FullContext(watch), duty::holds),
                new OnDuty(new Loop(watch), duty::holds),
                new OnDuty(OpenWork.waiting(conditions::waiting), duty::holds),
                OpenWork.tasks(conditions::tasks),
                new Silence(complaint),
                new Shipping(conditions::waitingForStore),
                new Storage(conditions::room)),
            this::settings,
            new SpendingGuard(GuardFiles.inHome(folder), this::policy, all, watch),
            call.console()::say);
  }

  /** As the settings are now; when they are wrong, as they were before. */
  private synchronized AlertSettings settings() {
    Settings now = call.settings();
    AlertSettings known = read;
    if (known == null || now != readFrom) {
      readFrom = now;
      try {
        known = AlertSetup.of(now, call.console().clock());
        read = known;
      } catch (HomeException e) {
        if (known == null) {
          throw e;
        }
        call.console().say(String.valueOf(e.getMessage()));
      }
    }
    return known;
  }

  private SpendingGuard.Policy policy() {
    Settings now = call.settings();
    return new SpendingGuard.Policy(
        now.text(Setting.BUDGET_GUARD).equals("stop"), now.real(Setting.BUDGET_SESSION));
  }

  /** The alerts and the messages that wait. */
  public AlertBook book() {
    return alerting.book();
  }

  /** Begins to look and to send. */
  public HomeAlerts start() {
    looking.every(EVERY, EVERY, "looking at alerts", alerting::look);
    sending.every(EVERY, SENDS, "sending alerts", alerting::send);
    return this;
  }

  @Override
  public void close() {
    looking.close();
    sending.close();
    try {
      boolean ended =
          looking.awaitEnd(Duration.ofSeconds(5)) && sending.awaitEnd(Duration.ofSeconds(5));
      if (!ended) {
        call.console().say("a message was being sent when the server stopped; it is sent again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
