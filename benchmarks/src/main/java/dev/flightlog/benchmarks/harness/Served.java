package dev.flightlog.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The server in a process of its own, started by the launcher of this checkout as its users start
 * it. What it takes is read from {@code /proc}, and is not a number where there is none. For one
 * thread; closing it stops the server in order.
 */
public final class Served implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BufferedReader out;
  private final URI address;

  private Served(Process process, BufferedReader out, URI address) {
    this.process = process;
    this.out = out;
    this.address = address;
  }

  /**
   * Starts it, and waits until it says where it listens.
   *
   * @param more additions to its environment
   */
  public static Served at(Path home, Map<String, String> more) throws IOException {
    String launcher =
        Path.of(System.getProperty("flightlog.root")).toAbsolutePath().resolve("flightlog") + "";
    ProcessBuilder builder =
        new ProcessBuilder(
            launcher, "serve", "--port", "0", "--home", home.toAbsolutePath().toString());
    builder.environment().putAll(more);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = String.valueOf(out.readLine());
    int at = line.indexOf("http://");
    if (at < 0) {
      process.destroyForcibly();
      throw new IOException("the server did not start: " + line);
    }
    return new Served(process, out, URI.create(line.substring(at).strip()));
  }

  /** Where it listens. */
  public URI address() {
    return address;
  }

  /** The processor time of all its threads until now, in milliseconds. */
  public double cpuMillis() {
    return process.info().totalCpuDuration().map(time -> time.toNanos() / 1e6).orElse(Double.NaN);
  }

  /** The same of the threads that answer requests. */
  public double requestCpuMillis() throws IOException {
    double nanos = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(proc("task"))) {
      for (Path thread : threads) {
        nanos += isOfRequests(thread) ? nanos(thread) : 0;
      }
    }
    return nanos / 1e6;
  }

  private static boolean isOfRequests(Path thread) {
    return text(thread.resolve("comm")).startsWith("flightlog-reque");
  }

  private static double nanos(Path thread) {
    String told = text(thread.resolve("schedstat"));
    return told.isEmpty() ? 0 : Double.parseDouble(told.substring(0, told.indexOf(' ')));
  }

  /** Empty for a thread that has ended meanwhile. */
  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  /** The most memory that it held at once. */
  public double peakMegabytes() {
    return megabytes("VmHWM:");
  }

  /** The memory that it holds now. */
  public double megabytes() {
    return megabytes("VmRSS:");
  }

  private double megabytes(String key) {
    try {
      List<String> lines = Files.readAllLines(proc("status"));
      return lines.stream()
          .filter(line -> line.startsWith(key))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  /** Ends it as a machine that loses its power does, so that it can do nothing more. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      out.close();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
