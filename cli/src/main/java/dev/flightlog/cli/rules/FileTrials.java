package dev.flightlog.cli.rules;

import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.event.Category;
import dev.flightlog.event.EventTypes;
import dev.flightlog.formats.occurrence.Projects;
import dev.flightlog.learning.exposure.FileWeek;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.verdict.Trials;
import dev.flightlog.recorder.Durability;
import dev.flightlog.recorder.FlightRecorder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Trials whose text stands in a project's file in the weeks that chance chose. */
final class FileTrials {
  private final Invocation call;
  private final List<Trial> trials;
  private final FileWeek week;
  private final Instant now;

  FileTrials(Invocation call, Trials trials, Path file) {
    this.call = call;
    this.trials = trials.inFiles();
    this.now = call.home().clock().instant();
    Path folder = file.toAbsolutePath().getParent();
    String project =
        new Projects(call.home().importOptions().projects())
            .of(folder == null ? null : folder.toString());
    this.week = FileWeek.of(project == null ? "" : project, now);
  }

  /** The rules that stand in the file this week. */
  List<Rule> exposed(RuleBook book) {
    return trials.stream()
        .filter(week::isExposed)
        .map(trial -> book.entry(trial.rule()))
        .flatMap(Optional::stream)
        .map(RuleBook.Entry::rule)
        .toList();
  }

  /** Keeps for every trial, in either arm, that the file is from now on as chance wants it. */
  void record() {
    if (trials.isEmpty()) {
      return;
    }
    try (FlightRecorder recorder =
        FlightRecorder.open(call.home().recorderConfig().durability(Durability.WRITTEN).ring(0))) {
      for (Trial trial : trials) {
        Durability reached =
            recorder
                .event(EventTypes.RULE_EXPOSURE, Category.LEARNING)
                .at(now)
                .detail("rule", trial.rule())
                .detail("trial", trial.id())
                .detail("placement", trial.terms().placement().wireName())
                .detail("project", week.project())
                .detail("week", week.week())
                .detail("arm", week.isExposed(trial) ? "exposed" : "control")
                .log();
        if (reached.compareTo(Durability.WRITTEN) < 0) {
          throw CommandException.failed(
              "the file is written, but its week could not be recorded in "
                  + call.home().journals()
                  + ": it does not count for trial "
                  + trial.id());
        }
      }
    }
  }
}
