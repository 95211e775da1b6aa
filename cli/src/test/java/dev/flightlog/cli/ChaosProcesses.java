package dev.flightlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A server and a worker of one home, each a process that is really killed. */
final class ChaosProcesses implements AutoCloseable {
  static final String SECRET = "chaos";
  private static final List<Path> FAKETIME =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

  private final Path folder;
  private final Path home;
  private final Path clock;
  private final boolean clocks;
  private @Nullable Process server;
  private @Nullable Process worker;
  private volatile @Nullable URI address;

  /**
   * @param clocks whether the worker is to run under a clock that can be set
   */
  ChaosProcesses(Path folder, String redis, boolean clocks) throws IOException {
    this.clocks = clocks;
    this.folder = folder;
    home = Files.createDirectory(folder.resolve("home"));
    clock = Files.writeString(folder.resolve("clock"), "+0");
    String agent = "cat >/dev/null; sleep 0.2; echo $FLIGHTLOG_TASK_ID >> " + folder + "/runs";
    Files.writeString(
        home.resolve("config.json"),
        """
        {"queue":{"address":"%s"},"worker":{"at_once":2,"lease_seconds":5},
         "tasks":{"pause_seconds":1,"attempts":20},
         "webhooks":{"github":{"secret":"%s","bot":"bot","response":"none"}},
         "agents":{"a":{"command":["sh","-c","%s"]}}}
        """
            .formatted(redis, SECRET, agent));
  }

  private ProcessBuilder command(String name, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.flightlog.cli.Main",
                name,
                "--home",
                home.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".err").toFile()));
  }

  void startServer() throws IOException {
    Process started = command("serve", "--port", "0").start();
    server = started;
    BufferedReader out = started.inputReader(UTF_8);
    String line = "";
    while (line != null && !line.contains("listens on http://")) {
      line = out.readLine();
    }
    if (line == null) {
      throw new AssertionError(messages());
    }
    address = URI.create(line.substring(line.indexOf("http://")));
  }

  void startWorker() throws IOException {
    ProcessBuilder builder = command("worker");
    FAKETIME.stream()
        .filter(library -> clocks && Files.exists(library))
        .findFirst()
        .ifPresent(library -> {
          builder.environment().put("LD_PRELOAD", library.toString());
          builder.environment().put("FAKETIME_TIMESTAMP_FILE", clock.toString());
          builder.environment().put("FAKETIME_CACHE_DURATION", "1");
          builder.environment().put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
          builder.environment().put("DONT_FAKE_MONOTONIC", "1");
        });
    worker = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  void killServer() throws InterruptedException {
    address = null;
    Objects.requireNonNull(server).destroyForcibly().waitFor();
  }

  void killWorker() throws InterruptedException {
    Objects.requireNonNull(worker).destroyForcibly().waitFor();
  }

  /** Where there is no libfaketime this changes nothing. */
  void clock(String offset) throws IOException {
    Files.writeString(clock, offset);
  }

  /** Where the server listens, when it does. */
  @Nullable URI address() {
    return address;
  }

  void pause(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /** The tasks whose folders say that they have succeeded. */
  Set<String> succeeded() throws IOException {
    Set<String> all = new HashSet<>();
    try (var folders = Files.list(home.resolve("tasks"))) {
      for (Path each : folders.toList()) {
        Path metadata = each.resolve("metadata.json");
        if (Files.exists(metadata)
            && Files.readString(metadata).contains("\"status\":\"succeeded\"")) {
          all.add(String.valueOf(each.getFileName()));
        }
      }
    }
    return all;
  }

  /** A line for each time that an agent has come to its end. */
  List<String> runs() throws IOException {
    return Files.readAllLines(folder.resolve("runs"));
  }

  String messages() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("serve", "worker")) {
      Path file = folder.resolve(name + ".err");
      if (Files.exists(file)) {
        String text = Files.readString(file);
        all.append(name).append(": ").append(text.substring(Math.max(0, text.length() - 3000)));
      }
    }
    return all.toString();
  }

  @Override
  public void close() {
    for (Process each : new Process[] {server, worker}) {
      if (each != null) {
        each.destroyForcibly().onExit().join();
      }
    }
  }
}
