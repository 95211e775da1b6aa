package dev.flightlog.home.checks;

import dev.flightlog.home.Home;
import dev.flightlog.home.lifecycle.Transcripts;
import dev.flightlog.wording.Units;
import java.nio.file.Path;
import java.util.List;

/** Whether somebody else is about to delete transcripts that were not preserved. */
final class TranscriptsCheck {
  private TranscriptsCheck() {}

  static Check of(Home home) {
    List<Path> ending = new Transcripts(home).ending(home.clock().instant());
    return Check.ok(
        "transcripts",
        ending.isEmpty()
            ? "none that its owner deletes within a week is without a copy"
            : Units.count(ending.size(), "transcript")
                + " of Claude Code will be deleted by it within a week; to keep copies: flightlog archive"
                + " preserve");
  }
}
