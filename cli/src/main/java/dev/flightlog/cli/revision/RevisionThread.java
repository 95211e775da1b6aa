package dev.flightlog.cli.revision;

import dev.flightlog.cli.command.Invocation;
import dev.flightlog.home.Home;
import dev.flightlog.home.duty.Duty;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.IndexFollower;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.revision.Step;
import dev.flightlog.revision.report.Reports;
import dev.flightlog.revision.schedule.RevisionSchedule;
import dev.flightlog.tasks.PeriodicThread;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Revises weeks while a server runs, when they are over; one that was missed is caught up. One that
 * failed is told, and tried again an hour later.
 */
public final class RevisionThread implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration AGAIN = Duration.ofHours(1);

  private final Invocation call;
  private final Index index;
  private final IndexFollower intake;
  private final Duty duty;
  private final PeriodicThread clock;
  private Instant notBefore = Instant.MIN;

  /**
   * @param index what the intake feeds; stays open
   * @param duty whether this server, of all beside the store, revises; stays open
   */
  public RevisionThread(Invocation call, Index index, IndexFollower intake, Duty duty) {
    this.call = call;
    this.duty = duty;
    this.index = index;
    this.intake = intake;
    clock = new PeriodicThread("flightlog-revision", call.console()::say);
  }

  /** Begins to look, a minute from now. */
  public RevisionThread start() {
    clock.every(EVERY, EVERY, "looking whether a week is over", this::look);
    return this;
  }

  /** Revises what is due by now. */
  void look() {
    Home home = call.home();
    Instant now = home.clock().instant();
    Optional<RevisionSchedule> schedule = HomeRevision.schedule(home);
    if (schedule.isEmpty() || now.isBefore(notBefore) || !duty.holds() || index.isEmpty()) {
      return;
    }
    try {
      Reports reports = HomeRevision.reports(home);
      Set<String> elsewhere = duty.done();
      for (Week week : schedule.get().due(now, reports.complete())) {
        if (elsewhere.contains(week.toString())) {
          continue;
        }
        if (!duty.holds()) {
          return;
        }
        revise(home, week);
        if (!duty.done(week.toString())) {
          call.console()
              .say(
                  week + " was revised here while another server took over the duty; it may again");
        }
        call.console().say(week + " is revised: " + reports.page(week));
      }
    } catch (IOException | RuntimeException e) {
      notBefore = now.plus(AGAIN);
      call.console()
          .say("the weekly revision failed, and is tried again in an hour: " + e.getMessage());
    }
  }

  private void revise(Home home, Week week) throws IOException {
    boolean moves = home.settings().flag(Setting.REVISION_AUTO_RUN);
    Step archive = (of, dry) -> intake.alone(own -> new ArchiveStep(own, moves).run(of, dry));
    try (HomeRevision revision = new HomeRevision(index, false, archive, null)) {
      revision.run(week, false);
    }
  }

  @Override
  public void close() {
    clock.close();
  }
}
