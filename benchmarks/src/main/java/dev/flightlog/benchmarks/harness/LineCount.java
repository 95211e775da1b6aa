package dev.flightlog.benchmarks.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lines really on disk: what a logger says it wrote is not evidence.
 *
 * @param lines line feeds
 * @param bytes of the lines, padding with NUL bytes left out
 */
public record LineCount(long lines, long bytes) {

  /** Counts over all files below a folder whose names end so. */
  public static LineCount below(Path folder, String suffix) throws IOException {
    long lines = 0;
    long bytes = 0;
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(each -> each.toString().endsWith(suffix)).toList();
    }
    byte[] buffer = new byte[1 << 16];
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          for (int i = 0; i < n; i++) {
            lines += buffer[i] == '\n' ? 1 : 0;
            bytes += buffer[i] == 0 ? 0 : 1;
          }
        }
      }
    }
    return new LineCount(lines, bytes);
  }
}
