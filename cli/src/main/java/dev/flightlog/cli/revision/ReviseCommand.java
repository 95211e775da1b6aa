package dev.flightlog.cli.revision;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.event.Timestamps;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.revision.report.ReportPage;
import dev.flightlog.revision.report.Reports;
import dev.flightlog.revision.report.RevisionReport;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.wording.SafeText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code revise}: looks back at a week. */
public final class ReviseCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "revise",
            "Look back at a week: what recurred, what changed and whether that is more than chance, which rules could"
                + " be told to agents, what is old. The report stays in revisions/ of the home, as Markdown and JSON."
                + " With revision.auto_run it archives, and does with rules what rules.apply says; else it only"
                + " reports and proposes. A week is revised once; what was interrupted goes on.")
        .with(
            Option.text("--week", "WEEK", "such as 2025-W38 (default: the last one that is over)"),
            Option.text(
                "--file", "FILE", "the instruction file (default: CLAUDE.md in this folder)"),
            Option.flag("--dry-run", "only show what a revision would find; keep nothing"))
        .example("flightlog revise --dry-run", "flightlog revise --week 2025-W38");
  }

  @Override
  public int run(Invocation call) throws IOException {
    boolean dry = call.flag("--dry-run");
    Instant now = call.home().clock().instant();
    @Nullable Week asked = asked(call, now);
    try (Index index = Index.freshInTurn(call.home())) {
      Week week = asked == null ? newest(call, index.store(), now) : asked;
      Reports reports = HomeRevision.reports(call.home());
      boolean before = reports.find(week).filter(RevisionReport::isComplete).isPresent();
      RevisionReport report;
      try (HomeRevision revision =
          new HomeRevision(
              index,
              dry,
              new ArchiveStep(index, call.settings().flag(Setting.REVISION_AUTO_RUN)),
              file(call))) {
        report = revision.run(week, dry);
      }
      if (before && !dry) {
        call.console().say(week + " was revised before; this is what was found then");
      }
      print(call, report);
      if (!dry && call.format() == Format.TEXT) {
        call.console().say("kept as " + reports.page(week));
      }
    }
    return CommandException.OK;
  }

  private static @Nullable Week asked(Invocation call, Instant now) {
    String told = call.option("--week");
    if (told == null) {
      return null;
    }
    Week week =
        Week.parse(told)
            .orElseThrow(() ->
                CommandException.usage(
                    "'" + SafeText.shortened(told, 40) + "' is no week; such as 2025-W38"));
    if (week.since() > Timestamps.of(now)) {
      throw CommandException.usage(week + " lies in the future: there is nothing to look back at");
    }
    return week;
  }

  /** The last week that is over; without events in it, the one of the newest event. */
  private static Week newest(Invocation call, EventStore store, Instant now) {
    Week last = HomeRevision.always(call.home()).last(now);
    Aggregate newest = Aggregate.of(new Filter.Time(Long.MIN_VALUE, last.until()), Measure.last());
    Object micros = store.aggregate(newest).getFirst().values().getFirst();
    if (micros instanceof Long time && time < last.since() && time > 0) {
      Week earlier = Week.of(time);
      call.console().say("there are no events in " + last + "; the newest are of " + earlier);
      return earlier;
    }
    return last;
  }

  private static @Nullable Path file(Invocation call) {
    String told = call.option("--file");
    try {
      return told == null ? null : Path.of(told).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw CommandException.usage("this is no path: " + told);
    }
  }

  private static void print(Invocation call, RevisionReport report) {
    call.console()
        .out()
        .print(call.format() == Format.TEXT ? call.hint(ReportPage.of(report)) : report.json());
    call.console().out().flush();
  }
}
