package dev.flightlog.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run was asked to do.
 *
 * @param quick few and small rounds, to see that it works; the figures are worth little
 * @param root the checkout
 * @param work scratch space; stays between runs, so that generated data is used again
 * @param peers where fetched peers lie
 * @param options what was given as {@code --name value}
 */
public record Settings(
    boolean quick, Path root, Path work, Path peers, Map<String, String> options) {

  public Settings {
    options = Map.copyOf(options);
  }

  /** What to type for this benchmark with these settings. */
  String command(Benchmark benchmark) {
    StringBuilder out = new StringBuilder("benchmarks/run ").append(benchmark.name());
    if (quick) {
      out.append(" --quick");
    }
    new TreeMap<>(options)
        .forEach((name, value) -> out.append(" --").append(name).append(' ').append(word(value)));
    return out.toString();
  }

  /** As a shell takes it for one word. */
  private static String word(String value) {
    return value.matches("[\\w./:=,-]+") ? value : "'" + value + "'";
  }

  /** The number given as an option, else one of these. */
  public int number(String option, int full, int small) {
    String given = options.get(option);
    return given == null ? (quick ? small : full) : Integer.parseInt(given.replace("_", ""));
  }

  public @Nullable String option(String name) {
    return options.get(name);
  }

  /** An empty folder in the scratch space. */
  public Path emptyFolder(String name) throws IOException {
    Path folder = work.resolve(name);
    delete(folder);
    return Files.createDirectories(folder);
  }

  /** Deletes a file or a folder with everything in it, if it is there. */
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(each -> {
            try {
              Files.delete(each);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
