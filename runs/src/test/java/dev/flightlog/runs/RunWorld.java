package dev.flightlog.runs;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.runs.files.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A root of runs, a recorder beside it, and a clock that goes on by a second each time. */
final class RunWorld implements AutoCloseable {
  final Path root;
  final Path home;
  final FlightRecorder recorder;
  private final AtomicLong seconds = new AtomicLong();

  RunWorld(Path folder) {
    root = folder.resolve("runs");
    home = folder.resolve("home");
    recorder = FlightRecorder.open(RecorderConfig.at(home));
  }

  private Instant tick() {
    return Instant.parse("2025-10-20T14:23:45Z").plusSeconds(seconds.getAndIncrement());
  }

  RunConfig config() {
    return RunConfig.defaults().recorder(recorder).clock((InstantSource) this::tick);
  }

  FlightRun open(String framework, String id) {
    return FlightRun.open(root, framework, id, config());
  }

  RunFolder folder(String framework, String id) {
    return RunFolder.of(root, framework, id);
  }

  /** The lines of a log, by its path below the logs of a run. */
  static List<String> lines(FlightRun run, String log) {
    try {
      Path file = run.folder().resolve("logs").resolve(log);
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every line of every journal of the recorder. */
  List<String> events() throws IOException {
    recorder.flush();
    try (Stream<Path> files = Files.list(home)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .flatMap(RunWorld::linesOf)
          .toList();
    }
  }

  private static Stream<String> linesOf(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    recorder.close();
  }
}
