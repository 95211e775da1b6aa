package dev.flightlog.cli.data;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.Freshness;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.home.Home;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.paths.UserPaths;
import dev.flightlog.home.questions.HomeAnswerer;
import dev.flightlog.importer.ImportException;
import dev.flightlog.importer.ImportOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code quickstart}: imports what is there, else bundled real sessions, and shows the first
 * insights.
 */
public final class QuickstartCommand implements Command {
  private static final String SAMPLES = "samples/";

  /** A command within an answer. */
  private static final Pattern COMMAND = Pattern.compile("\\bflightlog (?=[a-z])");

  /** How a short answer says what shows the rows that it leaves out. */
  private static final Pattern MORE = Pattern.compile("(\\+[0-9,]+ more: )(--.*)");

  /** What a newcomer wants to know first, with the question that tells it. */
  private static final List<Insight> INSIGHTS =
      List.of(
          new Insight("WHAT HAPPENED", "performance"),
          new Insight("WHAT FAILED MOST", "errors"),
          new Insight("WHAT IT COST", "tokens"),
          new Insight("WHERE THE TIME WENT", "bottlenecks"));

  private record Insight(String title, String question) {}

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "quickstart",
            "Read your agents' sessions and show the first insights. Takes ~/.claude/projects, or bundled real sessions when"
                + " there are none of yours; tells what happened, what failed most, what it cost, and what to ask next.")
        .with(
            Option.text("--from", "PATH", "read these files or this folder instead"),
            Option.flag("--no-serve", "end after the insights, as this version always does"))
        .example("flightlog quickstart --from ~/work/transcripts");
  }

  @Override
  public int run(Invocation call) throws IOException {
    Source source = source(call);
    PrintStream out = call.console().out();
    call.console().say("reading " + source.words);
    Home home = source.home;
    try (Index index = Index.open(home)) {
      index.takeInJournals();
      ImportOptions options = home.importOptions();
      ImportResult result =
          ImportCommand.importInto(index, List.of(source.path), options, call.console());
      out.println("Flightlog read " + source.words + ":");
      out.println(ImportCommand.words(result, home.path()) + ".");
      Answerer answerer = HomeAnswerer.of(index, Freshness.NONE, home::settings);
      for (Insight insight : INSIGHTS) {
        Answer answer = answerer.ask(QuestionCall.of(insight.question));
        out.println();
        out.println(
            insight.title + "   (flightlog ask " + insight.question + source.option() + ")");
        answer.text().lines().forEach(line -> out.println("  " + source.whole(line, insight)));
      }
      next(out, source);
      return result.isIncomplete() ? CommandException.SET_ASIDE : CommandException.OK;
    } catch (ImportException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
  }

  /**
   * What is read, and the home that it is read into.
   *
   * @param bundled samples: they are nobody's own, and have a home of their own
   * @param named true when the home is another than commands take by themselves
   */
  private record Source(Home home, Path path, String words, boolean bundled, boolean named) {
    /** What a command needs to be about that home. */
    String option() {
      return named ? " --home " + quoted(home.path().toString()) : "";
    }

    /** A line of an answer, with what it suggests as commands that are about this home. */
    String whole(String line, Insight insight) {
      Matcher brief = MORE.matcher(line);
      String told =
          brief.matches()
              ? brief.group(1) + "flightlog ask " + insight.question + " " + brief.group(2)
              : line;
      return COMMAND
          .matcher(told)
          .replaceAll(Matcher.quoteReplacement("flightlog" + option() + " "));
    }

    /** As a shell takes it for one word. */
    private static String quoted(String word) {
      return word.matches("[\\p{L}\\p{N}._/@:+=~-]+")
          ? word
          : "'" + word.replace("'", "'\\''") + "'";
    }
  }

  private static Source source(Invocation call) throws IOException {
    boolean named = call.option("--home") != null;
    String from = call.option("--from");
    if (from != null) {
      return new Source(call.home(), Path.of(from), from, false, named);
    }
    Path projects = UserPaths.claudeProjects(call.console().environment());
    if (hasTranscripts(projects)) {
      return new Source(
          call.home(), projects, "your Claude Code sessions in " + projects, false, named);
    }
    Home samples = samples(call);
    return new Source(
        samples,
        unpackSamples(samples),
        "bundled sample sessions (there are none of yours in " + projects + ")",
        true,
        true);
  }

  private static boolean hasTranscripts(Path projects) {
    if (!Files.isDirectory(projects)) {
      return false;
    }
    try (var files =
        Files.find(projects, 6, (path, attributes) -> path.toString().endsWith(".jsonl"))) {
      return files.findAny().isPresent();
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }

  /** The home of the samples, below the user's own; the user's settings are not about it. */
  private static Home samples(Invocation call) {
    return Home.open(
        call.home().file("samples"),
        Map.of("HOME", UserPaths.ofUser(call.console().environment())),
        call.console()::say,
        call.console().clock());
  }

  /** Puts the bundled sessions into the home, so that whole texts can be read again from there. */
  private static Path unpackSamples(Home home) throws IOException {
    Path folder = home.file("sessions");
    String index = new String(resource("index.txt").readAllBytes(), StandardCharsets.UTF_8);
    for (String name : index.lines().toList()) {
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Path half = file.resolveSibling(file.getFileName() + ".part");
        try (InputStream sample = resource(name)) {
          Files.copy(sample, half, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return folder;
  }

  private static InputStream resource(String name) {
    InputStream resource = QuickstartCommand.class.getResourceAsStream(SAMPLES + name);
    if (resource == null) {
      throw new IllegalStateException("the program lacks its sample " + name);
    }
    return resource;
  }

  private static void next(PrintStream out, Source source) {
    out.println();
    out.println("NEXT");
    List<List<String>> rows =
        List.of(
            List.of("flightlog ask" + source.option(), "all questions, with their token budgets"),
            List.of("flightlog ask errors --since 7d" + source.option(), "one of them, narrowed"),
            List.of(
                "flightlog search error" + source.option(), "find anything that was said or done"),
            List.of(
                source.bundled
                    ? "flightlog import ~/.claude/projects"
                    : "flightlog import ~/.codex/sessions" + source.option(),
                "read " + (source.bundled ? "your own sessions" : "other agents' sessions")),
            List.of(
                "flightlog sql \"SELECT event_type, count(*) FROM events GROUP BY 1\""
                    + source.option(),
                "the table events, with SQL"));
    int width = rows.stream().mapToInt(row -> row.getFirst().length()).max().orElse(0);
    rows.forEach(row ->
        out.println("  " + row.get(0) + " ".repeat(width - row.get(0).length() + 3) + row.get(1)));
    out.println();
    out.println("Everything is in " + source.home.path() + "; nothing left this machine.");
    out.flush();
  }
}
