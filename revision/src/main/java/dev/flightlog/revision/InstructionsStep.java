package dev.flightlog.revision;

import dev.flightlog.learning.instructions.Block;
import dev.flightlog.learning.instructions.InstructionFile;
import dev.flightlog.learning.instructions.Overlap;
import dev.flightlog.learning.instructions.Plan;
import dev.flightlog.learning.instructions.Undo;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.rules.RuleRanking;
import dev.flightlog.learning.rules.RuleState;
import dev.flightlog.learning.verdict.Trials;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.revision.report.Findings;
import dev.flightlog.revision.report.FindingsBuilder;
import dev.flightlog.wording.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the instruction file says what was adopted; writes it where that is wanted. */
public final class InstructionsStep implements Step {
  private final Path file;
  private final RuleBook book;
  private final Trials trials;
  private final Undo undo;
  private final Consent consent;

  public InstructionsStep(Path file, RuleBook book, Trials trials, Undo undo, Consent consent) {
    this.file = file;
    this.book = book;
    this.trials = trials;
    this.undo = undo;
    this.consent = consent;
  }

  @Override
  public Findings run(Week week, boolean dry) throws IOException {
    FindingsBuilder found = new FindingsBuilder();
    if (Files.exists(file)
        && new InstructionFile(file).plan(Block.NONE) instanceof Plan.Refused refused) {
      return found.decide(refused.reason()).build();
    }
    byte[] bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    List<Rule> adopted =
        book.entries().stream()
            .filter(entry -> entry.state() == RuleState.ADOPTED)
            .map(RuleBook.Entry::rule)
            .filter(rule -> !trials.givenByHooks(rule))
            .filter(rule -> Overlap.find(bytes, rule.text()).isEmpty())
            .toList();
    found.figure("adopted", adopted.size());
    if (adopted.isEmpty() && !Files.exists(file)) {
      return found.build();
    }
    switch (new InstructionFile(file).plan(RuleRanking.rank(adopted).block())) {
      case Plan.Refused refused -> found.decide(refused.reason());
      case Plan.Change change -> {
        if (change.isEmpty()) {
          return found.build();
        }
        if (consent == Consent.DIRECT && !dry) {
          if (undo.write(change)) {
            found.changed(
                file
                    + " now has "
                    + Units.count(adopted.size(), "rule")
                    + " (flightlog rules undo)");
          } else {
            found.decide(file + " was changed by somebody else at this moment, and left alone");
          }
        } else {
          found.decide(
              file
                  + " does not say what was adopted ("
                  + Units.count(adopted.size(), "rule")
                  + "): flightlog rules apply --file "
                  + file);
        }
      }
    }
    return found.build();
  }
}
