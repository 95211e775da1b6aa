package dev.flightlog.stores.clickhouse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** A running {@link ShippingMachine}. The one who started it closes it. */
final class MachineProcess implements AutoCloseable {
  private final Process process;
  private final List<String> said = new ArrayList<>();
  private final Thread listening;

  /**
   * @param places is told each place that the machine has reached
   */
  MachineProcess(String password, IntConsumer places, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(ShippingMachine.class.getName());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put(ServerAddress.PASSWORD, password);
    process = builder.start();
    listening = Thread.ofVirtual().start(() -> listen(places));
  }

  private void listen(IntConsumer places) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.matches("\\d+")) {
          places.accept(Integer.parseInt(line));
        } else {
          said.add(line);
        }
      }
    } catch (IOException e) {
      // It was killed.
    }
  }

  /** Ends it as a power cut would. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Waits for its end; fails with what it said when that was not a good one. */
  void finish() throws InterruptedException {
    int code = process.waitFor();
    listening.join();
    if (code != 0) {
      throw new AssertionError("a machine ended with " + code + ": " + String.join("\n", said));
    }
  }

  @Override
  public void close() {
    kill();
  }
}
