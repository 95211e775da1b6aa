package dev.flightlog.cli.runs;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.runs.archive.Completion;
import dev.flightlog.runs.archive.Extraction;
import dev.flightlog.runs.archive.RunArchive;
import dev.flightlog.runs.files.RunException;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.git.IgnoreFile;
import dev.flightlog.runs.record.ArchiveRecord;
import dev.flightlog.runs.record.RunDocuments;
import dev.flightlog.runs.record.RunLogs;
import dev.flightlog.runs.record.RunRecord;
import dev.flightlog.runs.record.RunRow;
import dev.flightlog.runs.record.RunsRoot;
import dev.flightlog.runs.summary.SummaryPage;
import dev.flightlog.wording.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code run}: what was logged of experiments, below the folder in which they log. */
public final class RunCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "run",
            "Runs of experiments that were logged with dev.flightlog.runs, below --root. 'list' shows them, 'show RUN'"
                + " its steps, 'summary RUN' its page of 80 columns, 'compare RUN RUN…' several beside each other."
                + " 'archive RUN' makes run.tar.gz, which is the same bytes for the same files, and tells its hash;"
                + " 'restore RUN|FILE' takes one apart, after its hash was checked. 'import PATH…' writes trajectories of other"
                + " programs down as runs, one a session. 'reconcile RUN… --report FILE' puts what they recorded beside"
                + " usage and cost reports of OpenAI or Anthropic, or a proxy's lines: explained, unexplained, coverage."
                + " 'init-git' has git track summaries"
                + " and metadata only. A RUN is an id, FRAMEWORK/ID, or a folder.")
        .takes(
            "[list|show|summary|archive|restore|import|reconcile|compare|init-git] [RUN…]", 0, 60)
        .with(
            Option.text("--root", "DIR", "where the runs are (default: runs in this folder)"),
            Option.text(
                "--workspace", "DIR", "of archive: files that the run made, archived with it"),
            Option.text(
                "--framework",
                "NAME",
                "of import: the framework of these runs (default: the folder of each file)"),
            Option.many(
                "--report",
                "FILE",
                "of reconcile: an export of a provider; may be given several times"),
            Option.text(
                "--to", "DIR", "of restore: where to, a new folder (default: restored/RUN)"))
        .example(
            "flightlog run list",
            "flightlog run summary abc123",
            "flightlog run archive baes/abc123 --workspace /tmp/made",
            "flightlog run init-git");
  }

  @Override
  public int run(Invocation call) throws IOException {
    List<String> words = call.arguments();
    String action = words.isEmpty() ? "list" : words.getFirst();
    List<String> names = words.isEmpty() ? List.of() : words.subList(1, words.size());
    RunsRoot runs = new RunsRoot(root(call));
    try {
      return switch (action) {
        case "list" -> list(runs, call);
        case "show" -> show(RunLogs.read(runs.find(one(names, action))), call);
        case "summary" -> summary(runs.find(one(names, action)), call);
        case "archive" -> archive(runs.find(one(names, action)), call);
        case "restore" -> restore(runs, one(names, action), call);
        case "import" -> imports(names, call);
        case "reconcile" -> reconcile(runs, names, call);
        case "compare" -> compare(runs, names, call);
        case "init-git" -> initGit(call);
        default ->
            throw CommandException.usage(
                "run has no action '"
                    + SafeText.shortened(action, 40)
                    + "'; there are list, show, summary, archive, restore, import, reconcile, compare and init-git");
      };
    } catch (RunException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
  }

  private static String one(List<String> names, String action) {
    if (names.size() != 1) {
      throw CommandException.usage(
          "run " + action + " needs one RUN; flightlog run list shows them");
    }
    return names.getFirst();
  }

  private static Path root(Invocation call) {
    String told = call.option("--root");
    return path(told == null ? "runs" : told);
  }

  private static Path path(String word) {
    try {
      return Path.of(word).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw CommandException.usage("this is no path: " + SafeText.shortened(word, 80));
    }
  }

  private static int list(RunsRoot runs, Invocation call) throws IOException {
    List<RunRow> rows = runs.list();
    if (rows.isEmpty() && call.format() == Format.TEXT) {
      call.console()
          .say("there are no runs below " + root(call) + "; --root DIR names another place");
      return CommandException.OK;
    }
    Table table =
        new Table(
            List.of("run_id", "framework", "model", "status", "started_at", "ended_at", "steps"));
    for (RunRow row : rows) {
      table.add(
          row.runId(),
          row.framework(),
          row.model(),
          row.status().wireName(),
          row.startedAt(),
          row.endedAt().isEmpty() ? null : row.endedAt(),
          row.steps());
    }
    return printed(table, call);
  }

  private static int printed(Table table, Invocation call) {
    table.print(call.format(), call.console().out(), call.console().screen());
    call.console().out().flush();
    return CommandException.OK;
  }

  private static int show(RunRecord run, Invocation call) {
    List<String> columns = new ArrayList<>(List.of("step", "status"));
    columns.addAll(MeasureColumns.NAMES);
    Table table = new Table(columns);
    run.steps()
        .forEach(step ->
            table.add(
                MeasureColumns.row(step.measures(), step.number(), step.status().wireName())));
    table.add(MeasureColumns.row(run.total(), "all", run.status().wireName()));
    return printed(table, call);
  }

  private static int summary(RunFolder run, Invocation call) throws IOException {
    call.console().out().print(SummaryPage.of(RunLogs.read(run), RunDocuments.archives(run)));
    call.console().out().flush();
    return CommandException.OK;
  }

  private static int archive(RunFolder run, Invocation call) throws IOException {
    String workspace = call.option("--workspace");
    RunArchive.Made made = Completion.archive(run, workspace == null ? null : path(workspace));
    made.leftOut()
        .forEach(each ->
            call.console().say("left out " + each + ": it is no regular file, such as a link"));
    ArchiveRecord archive = made.archive();
    tell(
        call,
        Map.of("file", run.file(archive.name()).toString(), "sha256", archive.sha256()),
        Map.of("size", archive.size(), "files", made.files(), "left_out", made.leftOut().size()),
        run.file(archive.name())
            + ": "
            + Table.count(made.files(), "file")
            + ", "
            + archive.size()
            + " bytes, SHA-256 "
            + archive.sha256());
    return made.leftOut().isEmpty() ? CommandException.OK : CommandException.SET_ASIDE;
  }

  private static void tell(
      Invocation call,
      Map<String, String> texts,
      Map<String, ? extends Number> numbers,
      String text) {
    if (call.format() == Format.TEXT) {
      call.console().out().println(text);
    } else {
      Map<String, Object> all = new LinkedHashMap<>();
      texts.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(each -> all.put(each.getKey(), each.getValue()));
      numbers.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(each -> all.put(each.getKey(), each.getValue().longValue()));
      call.console().out().println(new JsonWriter().value(all));
    }
    call.console().out().flush();
  }

  private static int restore(RunsRoot runs, String name, Invocation call) throws IOException {
    boolean file = Files.isRegularFile(path(name));
    RunFolder run = file ? null : runs.find(name);
    Path archive = run == null ? path(name) : run.file(RunFolder.ARCHIVE);
    if (!Files.isRegularFile(archive)) {
      throw new RunException("there is no " + archive + "; flightlog run archive makes it");
    }
    if (run != null) {
      check(run, archive);
    }
    String told = call.option("--to");
    Path to =
        told != null
            ? path(told)
            : path("restored")
                .resolve(run == null ? "run" : String.valueOf(run.path().getFileName()));
    long files = Extraction.into(archive, to);
    tell(
        call,
        Map.of("to", to.toString()),
        Map.of("files", files),
        Table.count(files, "file") + " extracted to " + to);
    return CommandException.OK;
  }

  private static void check(RunFolder run, Path archive) throws IOException {
    List<ArchiveRecord> known = RunDocuments.archives(run);
    String hash = RunArchive.hash(archive);
    if (!known.isEmpty() && !known.getLast().sha256().equals(hash)) {
      throw new RunException(
          archive
              + " has the SHA-256 "
              + hash
              + ", and metadata.json says "
              + known.getLast().sha256()
              + ": it is not the file that was made; to extract it all the same, name the file");
    }
  }

  private static int reconcile(RunsRoot runs, List<String> names, Invocation call)
      throws IOException {
    List<Path> reports = call.options("--report").stream().map(RunCommand::path).toList();
    if (names.isEmpty() || reports.isEmpty()) {
      throw CommandException.usage(
          "run reconcile needs one RUN or more, and --report FILE with what the provider exported");
    }
    List<RunFolder> folders = new ArrayList<>();
    for (String name : names) {
      folders.add(runs.find(name));
    }
    return RunReconcile.run(folders, reports, call);
  }

  private static int imports(List<String> names, Invocation call) throws IOException {
    if (names.isEmpty()) {
      throw CommandException.usage("run import needs a PATH: a file or folder of trajectories");
    }
    ImportedRuns runs =
        new ImportedRuns(call.home(), root(call), call.option("--framework"), call.console()::say);
    for (String name : names) {
      Path path = path(name);
      if (!Files.exists(path)) {
        throw CommandException.failed("there is no " + path);
      }
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          runs.add(file, call.home().importOptions());
        }
      }
    }
    tell(
        call,
        Map.of(),
        Map.of(
            "runs", runs.made(), "known", runs.known(), "files_without_runs", runs.withoutRuns()),
        Table.count(runs.made(), "run")
            + " written below "
            + root(call)
            + ", "
            + runs.known()
            + " known before; see: flightlog run list");
    return runs.withoutRuns() == 0 ? CommandException.OK : CommandException.SET_ASIDE;
  }

  private static int compare(RunsRoot runs, List<String> names, Invocation call)
      throws IOException {
    if (names.size() < 2) {
      throw CommandException.usage("run compare needs two RUNs or more");
    }
    List<String> columns = new ArrayList<>(List.of("run_id", "framework", "step", "status"));
    columns.addAll(MeasureColumns.NAMES);
    Table table = new Table(columns);
    List<RunRecord> all = new ArrayList<>();
    for (String name : names) {
      RunRecord run = RunLogs.read(runs.find(name));
      all.add(run);
      table.add(
          MeasureColumns.row(
              run.total(), run.runId(), run.framework(), "all", run.status().wireName()));
    }
    all.stream()
        .flatMap(run -> run.steps().stream().map(step -> step.number()))
        .distinct()
        .sorted()
        .forEach(number -> all.forEach(run -> addStep(table, run, number)));
    return printed(table, call);
  }

  private static void addStep(Table table, RunRecord run, long number) {
    run.steps().stream()
        .filter(step -> step.number() == number)
        .forEach(step ->
            table.add(
                MeasureColumns.row(
                    step.measures(),
                    run.runId(),
                    run.framework(),
                    number,
                    step.status().wireName())));
  }

  private static int initGit(Invocation call) throws IOException {
    Path root = root(call);
    Path repository = repository(root);
    if (repository == null) {
      throw CommandException.failed(
          "there is no git repository above " + root + "; make one first: git init");
    }
    List<String> added = IgnoreFile.update(repository, root);
    added.forEach(call.console().out()::println);
    call.console().out().flush();
    call.console()
        .say(
            added.isEmpty()
                ? repository.resolve(".gitignore") + " has these lines already"
                : "added to " + repository.resolve(".gitignore"));
    return CommandException.OK;
  }

  private static @Nullable Path repository(Path root) {
    for (Path folder = root.getParent(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(".git"))) {
        return folder;
      }
    }
    return null;
  }
}
