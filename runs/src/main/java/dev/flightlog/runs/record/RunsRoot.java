package dev.flightlog.runs.record;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.runs.files.RunException;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.files.RunLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The runs below a root, {@code <root>/<framework>/<run id>/}. Blocks. */
public final class RunsRoot {
  private final Path root;

  public RunsRoot(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** All runs, the newest first. */
  public List<RunRow> list() throws IOException {
    List<RunRow> rows = new ArrayList<>();
    for (RunFolder run : folders()) {
      rows.add(row(run));
    }
    rows.sort(
        Comparator.comparing(RunRow::startedAt)
            .reversed()
            .thenComparing(RunRow::framework)
            .thenComparing(RunRow::runId));
    return rows;
  }

  private List<RunFolder> folders() throws IOException {
    List<RunFolder> runs = new ArrayList<>();
    if (Files.isDirectory(root)) {
      try (Stream<Path> all = Files.walk(root, 2)) {
        all.filter(folder -> !root.relativize(folder).toString().startsWith("."))
            .filter(folder -> folder.getNameCount() == root.getNameCount() + 2)
            .filter(folder ->
                Files.isDirectory(folder.resolve(RunFolder.LOGS), LinkOption.NOFOLLOW_LINKS)
                    || Files.isRegularFile(folder.resolve(RunFolder.METADATA)))
            .sorted()
            .forEach(folder -> runs.add(new RunFolder(folder)));
      }
    }
    return runs;
  }

  /** From the metadata when nothing was logged since, else from the logs. */
  private static RunRow row(RunFolder run) throws IOException {
    Optional<RunRow> kept = RunLock.isHeld(run) ? Optional.empty() : ofMetadata(run);
    if (kept.isPresent()) {
      return kept.get();
    }
    RunRecord record = RunLogs.read(run);
    return new RunRow(
        run,
        record.runId().isEmpty() ? String.valueOf(run.path().getFileName()) : record.runId(),
        record.framework(),
        record.model(),
        record.status(),
        record.startedAt(),
        record.endedAt(),
        record.steps().size());
  }

  private static Optional<RunRow> ofMetadata(RunFolder run) throws IOException {
    Path file = run.file(RunFolder.METADATA);
    if (!Files.isRegularFile(file) || loggedSince(run, file)) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      return new JsonReader().reset(bytes, 0, bytes.length).value() instanceof Map<?, ?> map
          ? status(text(map, "status"))
              .map(status ->
                  new RunRow(
                      run,
                      text(map, "run_id"),
                      text(map, "framework"),
                      text(map, "model"),
                      status,
                      text(map, "started_at"),
                      text(map, "ended_at"),
                      map.get("steps") instanceof Long steps ? steps : 0))
          : Optional.empty();
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  private static boolean loggedSince(RunFolder run, Path metadata) throws IOException {
    Path log = run.logs().resolve("run.log");
    return Files.exists(log)
        && Files.getLastModifiedTime(log).compareTo(Files.getLastModifiedTime(metadata)) > 0;
  }

  private static Optional<RunStatus> status(String name) {
    try {
      return Optional.of(RunStatus.valueOf(name.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  /**
   * The run of this name: its id, {@code framework/id}, or its folder.
   *
   * @throws RunException when there is none, or several frameworks have one of this id
   */
  public RunFolder find(String name) throws IOException {
    List<RunRow> named =
        list().stream()
            .filter(row ->
                row.runId().equals(name)
                    || (row.framework() + "/" + row.runId()).equals(name)
                    || root.relativize(row.folder().path()).toString().equals(name))
            .toList();
    if (named.size() == 1) {
      return named.get(0).folder();
    }
    if (named.size() > 1) {
      List<String> full = named.stream().map(row -> row.framework() + "/" + row.runId()).toList();
      throw new RunException("several runs are called so; name one of " + String.join(", ", full));
    }
    try {
      RunFolder folder = new RunFolder(Path.of(name));
      if (Files.isDirectory(folder.logs())) {
        return folder;
      }
    } catch (InvalidPathException e) {
      // Told below.
    }
    throw new RunException(
        "there is no run of this name below "
            + root
            + "; flightlog run list shows those there are,"
            + " --root DIR names another place");
  }
}
