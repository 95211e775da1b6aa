package dev.flightlog.benchmarks.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A contender in a process of its own, so that none profits from, or suffers under, what another
 * one taught the compiler or left on the heap. The child prints lines of {@code metric value};
 * other lines it prints are passed over.
 */
public final class Forked {
  private static final String MARK = "figure ";
  private static final String TIME = "/usr/bin/time";

  private Forked() {}

  /**
   * What a child found, and what it took.
   *
   * @param seconds from start to end
   * @param cpuSeconds of all its threads, in user and kernel; NaN where {@code /usr/bin/time} is
   *     not there
   * @param megabytes most memory held at once; NaN likewise
   */
  public record Outcome(
      Map<String, Double> figures, double seconds, double cpuSeconds, double megabytes) {}

  /**
   * Runs a class with a main method on this process' Java and class path.
   *
   * @throws IOException when the child fails; the message holds what it said
   */
  public static Outcome java(Class<?> main, List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return run(command, Map.of());
  }

  /** Runs a command with these additions to the environment. */
  public static Outcome run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>();
    Path accounts = Files.createTempFile("benchmark", ".accounts");
    if (Files.isExecutable(Path.of(TIME))) {
      whole.addAll(List.of(TIME, "-f", "%U %S %M", "-o", accounts.toString()));
    }
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    Map<String, Double> figures = new LinkedHashMap<>();
    StringBuilder said = new StringBuilder();
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(MARK)) {
          int space = line.lastIndexOf(' ');
          figures.put(
              line.substring(MARK.length(), space), Double.valueOf(line.substring(space + 1)));
        } else if (said.length() < 4000) {
          said.append(line).append('\n');
        }
      }
    }
    int exit = process.waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (exit != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + exit + "\n" + said);
    }
    String account = Files.readString(accounts).strip();
    Files.delete(accounts);
    if (account.isEmpty()) {
      return new Outcome(figures, seconds, Double.NaN, Double.NaN);
    }
    String[] told = account.substring(account.lastIndexOf('\n') + 1).split(" ");
    double cpu = Double.parseDouble(told[0]) + Double.parseDouble(told[1]);
    return new Outcome(figures, seconds, cpu, Double.parseDouble(told[2]) / 1024);
  }

  /** Called in the child. */
  public static void report(PrintStream out, String metric, double value) {
    out.println(MARK + metric + " " + value);
  }
}
