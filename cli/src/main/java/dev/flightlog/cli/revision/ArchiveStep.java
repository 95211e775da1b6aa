package dev.flightlog.cli.revision;

import dev.flightlog.home.index.Index;
import dev.flightlog.home.lifecycle.HomeLifecycle;
import dev.flightlog.home.lifecycle.Transcripts;
import dev.flightlog.lifecycle.LifecycleException;
import dev.flightlog.lifecycle.LifecycleRun;
import dev.flightlog.lifecycle.archive.ArchiveException;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.revision.Step;
import dev.flightlog.revision.report.Findings;
import dev.flightlog.revision.report.FindingsBuilder;
import dev.flightlog.store.StoreException;
import dev.flightlog.wording.Units;

/** What is old: moved on with {@code revision.auto_run}, else told. */
final class ArchiveStep implements Step {
  private final Index index;
  private final boolean moves;

  ArchiveStep(Index index, boolean moves) {
    this.index = index;
    this.moves = moves;
  }

  @Override
  public Findings run(Week week, boolean dry) {
    FindingsBuilder found = new FindingsBuilder();
    transcripts(found, dry);
    try {
      HomeLifecycle lifecycle = new HomeLifecycle(index);
      boolean moved = moves && !dry;
      LifecycleRun run = moved ? lifecycle.run(false) : lifecycle.preview();
      found.figure("active_bytes", run.activeBytes()).figure("rows", run.rows());
      found.figure("journals", run.journals());
      if (run.journals() > 0 || run.rows() > 0 || !run.frozen().isEmpty()) {
        String what =
            Units.count(run.journals(), "journal")
                + " and "
                + Units.count(run.rows(), "row")
                + " of the index";
        if (moved) {
          found.changed(what + " went into archives");
        } else {
          found.decide(what + " are old enough for an archive: flightlog archive run");
        }
      }
      if (moved && run.expired() > 0) {
        found.changed(Units.count(run.expired(), "row") + " of the store went for good");
      } else if (run.expired() > 0) {
        found.decide(
            Units.count(run.expired(), "row")
                + " of the store are older than lifecycle.store_days: flightlog archive run");
      }
      run.notes().forEach(found::decide);
    } catch (LifecycleException | ArchiveException | StoreException e) {
      found.decide("archive: " + e.getMessage());
    }
    return found.build();
  }

  private void transcripts(FindingsBuilder found, boolean dry) {
    Transcripts transcripts = new Transcripts(index.home());
    int ending = transcripts.ending(index.home().clock().instant()).size();
    if (ending == 0) {
      return;
    }
    String what = Units.count(ending, "transcript") + " that Claude Code deletes within a week";
    if (moves && !dry) {
      Transcripts.Preserved preserved = transcripts.preserve();
      found.changed("copies of " + what + " are kept");
      preserved.failed().forEach(found::decide);
    } else {
      found.decide(what + ": to keep copies, flightlog archive preserve");
    }
  }
}
