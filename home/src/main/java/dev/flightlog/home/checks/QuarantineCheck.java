package dev.flightlog.home.checks;

import dev.flightlog.event.files.Lines;
import dev.flightlog.home.Home;
import dev.flightlog.home.index.Index;
import dev.flightlog.wording.Units;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Counts what was set aside: a piece a line of a {@code .jsonl}, and any other file, such as the
 * damaged ring of a killed recorder, as one.
 */
final class QuarantineCheck {
  private QuarantineCheck() {}

  static Check of(Home home) throws IOException {
    long pieces = 0;
    long files = 0;
    List<Path> folders =
        List.of(Index.quarantine(home), home.settings().basePath().resolve("quarantine"));
    for (Path folder : folders.stream().distinct().toList()) {
      if (Files.isDirectory(folder)) {
        for (Path file : filesOf(folder)) {
          if (file.toString().endsWith(".jsonl")) {
            pieces += lines(file);
          } else {
            files++;
          }
        }
      }
    }
    if (pieces + files == 0) {
      return Check.ok("quarantine", "empty");
    }
    String others = files == 0 ? "" : ", " + files + " of them whole files that were damaged";
    return Check.ok(
        "quarantine",
        Units.count(pieces + files, "piece") + " set aside in " + folders.getFirst() + others);
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      throw new IOException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static long lines(Path file) throws IOException {
    long lines = 0;
    byte[] chunk = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        lines += Lines.feeds(chunk, 0, n);
      }
    }
    return lines;
  }
}
