package dev.flightlog.runs.record;

import dev.flightlog.runs.files.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The log files of a run in a fixed order: those of the run, then step by step. */
final class LogFolder {
  /** A file, and the text that tells its place among the others; made once for each. */
  private record Ordered(String order, Path file) {}

  private LogFolder() {}

  static List<Path> files(RunFolder run) throws IOException {
    List<Ordered> all = new ArrayList<>();
    if (!Files.isDirectory(run.logs())) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(run.logs(), 2)) {
      files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> String.valueOf(file.getFileName()).endsWith(".log"))
          .forEach(file -> all.add(new Ordered(order(run, file), file)));
    }
    all.sort(Comparator.comparing(Ordered::order).thenComparing(Ordered::file));
    return all.stream().map(Ordered::file).toList();
  }

  /** Steps by their number, however many digits it has; parts of a log by theirs. */
  private static String order(RunFolder run, Path file) {
    Path parent = file.getParent();
    String folder =
        parent == null || parent.equals(run.logs()) ? "" : String.valueOf(parent.getFileName());
    return padded(folder) + "/" + padded(String.valueOf(file.getFileName()));
  }

  private static String padded(String name) {
    StringBuilder padded = new StringBuilder();
    int digits = 0;
    for (int i = name.length() - 1; i >= 0; i--) {
      char c = name.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else {
        pad(padded, digits);
        digits = 0;
      }
      padded.append(c);
    }
    pad(padded, digits);
    return padded.reverse().toString();
  }

  private static void pad(StringBuilder reversed, int digits) {
    if (digits > 0) {
      reversed.append("0".repeat(Math.max(0, 12 - digits)));
    }
  }
}
