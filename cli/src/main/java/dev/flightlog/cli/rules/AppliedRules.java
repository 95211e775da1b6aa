package dev.flightlog.cli.rules;

import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
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
import dev.flightlog.wording.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The actions of {@code rules} that touch an instruction file: apply and undo. */
final class AppliedRules {
  private AppliedRules() {}

  static int apply(Invocation call, RuleBook book) throws IOException {
    Path file = file(call);
    if (new InstructionFile(file).plan(Block.NONE) instanceof Plan.Refused refused) {
      throw CommandException.failed(refused.reason());
    }
    Trials trials = TrialActions.open(call, book);
    FileTrials inFiles = new FileTrials(call, trials, file);
    List<Rule> wanted = new ArrayList<>(wanted(call, book, trials, file));
    wanted.addAll(inFiles.exposed(book));
    RuleRanking.Ranked ranked = RuleRanking.rank(wanted);
    return switch (new InstructionFile(file).plan(ranked.block())) {
      case Plan.Refused refused -> throw CommandException.failed(refused.reason());
      case Plan.Change change -> {
        for (Rule rule : ranked.left()) {
          call.console().say("no room for rule " + rule.id() + ": retire another one");
        }
        yield written(call, file, change, inFiles);
      }
    };
  }

  private static int written(Invocation call, Path file, Plan.Change change, FileTrials inFiles)
      throws IOException {
    if (change.isEmpty()) {
      if (call.flag("--yes")) {
        inFiles.record();
      }
      call.console().say(file + " has these rules already; nothing was written");
      return CommandException.OK;
    }
    change.diff().lines().forEach(line -> call.console().out().println(SafeText.of(line)));
    if (!call.flag("--yes")) {
      call.console().say("nothing was written; to write it, call the same with --yes");
      return CommandException.OK;
    }
    if (!undoOf(call).write(change)) {
      throw CommandException.failed(
          file + " was changed by somebody else at this moment, and left alone: try again");
    }
    inFiles.record();
    call.console().say(file + " is written; the bytes before come back with: flightlog rules undo");
    return CommandException.OK;
  }

  /** What is adopted, but for what the file says already. */
  private static List<Rule> wanted(Invocation call, RuleBook book, Trials trials, Path file)
      throws IOException {
    byte[] bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    List<Rule> wanted = new ArrayList<>();
    for (RuleBook.Entry entry : book.entries()) {
      if (entry.state() != RuleState.ADOPTED) {
        continue;
      }
      Rule rule = entry.rule();
      if (trials.givenByHooks(rule)) {
        call.console().say("rule " + rule.id() + " is given by hooks, and not written");
        continue;
      }
      Overlap.Finding finding = Overlap.find(bytes, rule.text()).orElse(null);
      switch (finding) {
        case null -> wanted.add(rule);
        case Overlap.Finding.Duplicate said ->
            call.console()
                .say(
                    "line " + said.line() + " of " + file + " says rule " + rule.id() + " already");
        case Overlap.Finding.Contradiction said ->
            call.console()
                .say(
                    "line "
                        + said.line()
                        + " of "
                        + file
                        + " seems to say the opposite of rule "
                        + rule.id()
                        + ", which is left out: change that line or retire the rule");
      }
    }
    return wanted;
  }

  static int undo(Invocation call) throws IOException {
    Path file = file(call);
    try {
      return switch (undoOf(call).undo(file)) {
        case Undo.Result.Restored restored -> {
          call.console().say(restored.target() + " has its " + restored.bytes() + " bytes back");
          yield CommandException.OK;
        }
        case Undo.Result.Removed removed -> {
          call.console().say(removed.target() + " is gone again: there was none before");
          yield CommandException.OK;
        }
        case Undo.Result.NothingToUndo nothing ->
            throw CommandException.failed("no rules were applied to " + nothing.target());
        case Undo.Result.ChangedSince changed ->
            throw CommandException.failed(
                changed.target()
                    + " was changed since rules were applied, and left alone; to take the rules out:"
                    + " flightlog rules retire ID, then flightlog rules apply");
      };
    } catch (NoSuchFileException e) {
      throw CommandException.failed(file + " does not exist");
    }
  }

  private static Undo undoOf(Invocation call) {
    return new Undo(call.home().file("rules_undo"));
  }

  private static Path file(Invocation call) {
    String named = call.option("--file");
    return Path.of(named == null ? "CLAUDE.md" : named).toAbsolutePath().normalize();
  }
}
