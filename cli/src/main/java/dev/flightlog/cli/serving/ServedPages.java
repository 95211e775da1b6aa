package dev.flightlog.cli.serving;

import dev.flightlog.analysis.Answerer;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.dashboard.pages.HealthPage;
import dev.flightlog.home.checks.Checkup;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.IndexFollower;
import dev.flightlog.home.tasks.HomeTasks;
import dev.flightlog.learning.hooks.HookFiles;
import dev.flightlog.server.dashboard.DashboardData;
import dev.flightlog.server.dashboard.DashboardFeature;
import dev.flightlog.server.dashboard.RuleActions;
import dev.flightlog.server.dashboard.TaskActions;
import dev.flightlog.server.tokens.Tokens;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.worker.TaskEnding;
import java.util.List;

/** Gives the dashboard what a home has. Stateless. */
final class ServedPages {
  private ServedPages() {}

  static DashboardFeature of(
      Invocation call,
      Answerer answerer,
      Index index,
      IndexFollower intake,
      HomeTasks tasks,
      TaskQueue queue) {
    DashboardData data =
        new DashboardData(
            () -> answerer.forOneMoment()::ask,
            index.store(),
            intake,
            () -> checks(call),
            Tokens.inHome(call.home().folder()),
            call.console().clock().withZone(call.settings().zone()));
    return new DashboardFeature(
        data,
        new TaskActions(
            tasks.folders(),
            tasks.index(),
            queue,
            new TaskEnding(tasks.folders(), tasks.recorder()),
            intake::runForTasks),
        new RuleActions(
            call.home().file("rules.jsonl"),
            call.home().file("trials.jsonl"),
            new HookFiles(call.home().folder(), call.home().journals())));
  }

  private static List<HealthPage.Check> checks(Invocation call) {
    return Checkup.of(call.home(), false).stream()
        .map(check -> new HealthPage.Check(check.name(), check.ok(), check.detail()))
        .toList();
  }
}
