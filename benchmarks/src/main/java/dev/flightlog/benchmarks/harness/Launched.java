package dev.flightlog.benchmarks.harness;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * A class with a main method, started as the launcher starts the program: from jars, and with an
 * ahead-of-time cache that a training run has made, which is not measured.
 */
public final class Launched {
  private final List<String> command;

  private Launched(List<String> command) {
    this.command = command;
  }

  /**
   * Makes the cache.
   *
   * @param training arguments of the training run
   * @param folder where the cache and the jars go; empty
   */
  public static Launched trained(
      Class<?> main, List<String> options, List<String> training, Path folder)
      throws IOException, InterruptedException {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(options);
    java.add("--enable-native-access=ALL-UNNAMED");
    List<String> start = List.of("-cp", jars(folder), main.getName());
    Path cache = folder.resolve("start.aot");
    List<String> making = with(java, List.of("-XX:AOTCacheOutput=" + cache));
    Forked.run(with(with(making, start), training), Map.of());
    return new Launched(with(with(java, List.of("-XX:AOTCache=" + cache)), start));
  }

  /** Runs it in a process of its own. */
  public Forked.Outcome run(List<String> arguments) throws IOException, InterruptedException {
    return Forked.run(with(command, arguments), Map.of());
  }

  /** This process' class path, with jars in the place of folders, which a cache cannot hold. */
  private static String jars(Path folder) throws IOException {
    List<String> all = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Files.isDirectory(Path.of(entry))) {
        Path jar = folder.resolve("classes-" + all.size() + ".jar");
        ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
        PrintWriter said = new PrintWriter(System.err, true);
        if (tool.run(said, said, "--create", "--file", jar.toString(), "-C", entry, ".") != 0) {
          throw new IOException("no jar could be made of " + entry);
        }
        all.add(jar.toString());
      } else if (Files.exists(Path.of(entry))) {
        all.add(entry);
      }
    }
    return String.join(File.pathSeparator, all);
  }

  private static List<String> with(List<String> first, List<String> rest) {
    return Stream.concat(first.stream(), rest.stream()).toList();
  }
}
