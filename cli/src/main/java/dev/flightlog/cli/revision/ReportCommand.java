package dev.flightlog.cli.revision;

import dev.flightlog.analysis.Observers;
import dev.flightlog.analysis.stories.Stories;
import dev.flightlog.analysis.stories.StoryChange;
import dev.flightlog.analysis.stories.StoryFigures;
import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.home.index.Index;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code report A B…}: stories side by side, and whether fewer errors are repeated. */
public final class ReportCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "report",
            "Stories side by side with the first of them: how many errors are repeated, that is of a tool, type and"
                + " template that was met before, for a hundred tool calls, and whether it is at least 50 % fewer. The"
                + " interval is one of 95 %, and takes account of how much sessions differ.")
        .takes("A B…", 2, 50)
        .with(Option.text("--markdown", "FILE", "write it there, as a page of Markdown"))
        .example("flightlog report 1.1 1.2", "flightlog report 1.1 1.2 1.3 --markdown report.md");
  }

  @Override
  public int run(Invocation call) throws IOException {
    List<StoryFigures> stories;
    try (Index index = Index.fresh(call.home())) {
      List<ErrorFact> errors = Observers.digest(index.store()).refresh().all(ErrorFact.class);
      stories = Stories.of(call.arguments(), errors, index.store());
    }
    for (StoryFigures story : stories) {
      if (story.sessions() == 0 && story.calls() == 0) {
        throw CommandException.failed(
            "there is no story '"
                + SafeText.shortened(story.story(), 60)
                + "'; see: flightlog sql \"SELECT DISTINCT story_id FROM events\"");
      }
    }
    String file = call.option("--markdown");
    if (file != null) {
      write(file, markdown(stories));
      call.console().say("written to " + file);
    } else if (call.format() == Format.TEXT) {
      call.console().out().print(markdown(stories));
    } else {
      table(stories).print(call.format(), call.console().out());
    }
    call.console().out().flush();
    return CommandException.OK;
  }

  private static void write(String file, String page) throws IOException {
    try {
      Path path = Path.of(file).toAbsolutePath().normalize();
      AtomicFile.write(path, page.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidPathException e) {
      throw CommandException.usage("this is no path: " + file);
    }
  }

  private static String markdown(List<StoryFigures> stories) {
    StringBuilder out = new StringBuilder("# Stories\n\n");
    out.append("| story | sessions | tool calls | errors | repeated | in 100 calls |")
        .append(" against the first | 50 % fewer |\n|---|---|---|---|---|---|---|---|\n");
    for (StoryFigures story : stories) {
      StoryChange change = change(stories, story);
      out.append("| ")
          .append(SafeText.shortened(story.story(), 60).replace("|", "\\|"))
          .append(" | ")
          .append(Units.count(story.sessions()))
          .append(" | ")
          .append(Units.count(story.calls()))
          .append(" | ")
          .append(Units.count(story.errors()))
          .append(" | ")
          .append(Units.count(story.repeated()))
          .append(" | ")
          .append(Units.decimal(story.rate(), 2))
          .append(" | ")
          .append(change == null ? "" : words(change))
          .append(" | ")
          .append(change == null ? "" : change.goal().words())
          .append(" |\n");
    }
    return out.append(
            "\nAn error is repeated when its tool, type and template were met before, in this story or an"
                + " earlier one.\nThe interval is one of 95 %, from how much sessions differ; the goal is"
                + " reached when all of it is half or less.\n")
        .toString();
  }

  private static String words(StoryChange change) {
    return change.goal() == StoryChange.Goal.TOO_FEW
        ? "-"
        : "x "
            + Units.decimal(change.ratio(), 2)
            + " ("
            + Units.decimal(change.low(), 2)
            + " to "
            + Units.decimal(change.high(), 2)
            + ")";
  }

  private static @Nullable StoryChange change(List<StoryFigures> stories, StoryFigures story) {
    StoryFigures first = stories.getFirst();
    return story == first ? null : StoryChange.of(first, story);
  }

  private static Table table(List<StoryFigures> stories) {
    Table table =
        new Table(
            List.of(
                "story",
                "sessions",
                "tool_calls",
                "errors",
                "repeated_errors",
                "rate",
                "ratio",
                "ratio_low",
                "ratio_high",
                "goal"),
            200);
    for (StoryFigures story : stories) {
      StoryChange change = change(stories, story);
      boolean known = change != null && change.goal() != StoryChange.Goal.TOO_FEW;
      table.add(
          story.story(),
          (long) story.sessions(),
          story.calls(),
          story.errors(),
          story.repeated(),
          story.rate(),
          known && change != null ? change.ratio() : null,
          known && change != null ? change.low() : null,
          known && change != null ? change.high() : null,
          change == null ? null : change.goal().words());
    }
    return table;
  }
}
