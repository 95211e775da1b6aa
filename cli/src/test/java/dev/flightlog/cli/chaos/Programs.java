package dev.flightlog.cli.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How the programs of one home are called, and what they leave. */
final class Programs {
  private static final List<Path> FAKETIME =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

  private final Path folder;
  private final Path home;
  private final Path clock;
  private final int port;

  /**
   * @param folder outside of the home's file system
   * @param home made, with its settings
   */
  Programs(Path folder, Path home, int redis) throws IOException {
    this.folder = folder;
    this.home = home;
    clock = Files.writeString(folder.resolve("clock"), "+0");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.createDirectories(home);
    String agent =
        "echo $$ > %1$s/agent; cat >/dev/null; sleep 0.5; echo $FLIGHTLOG_TASK_ID >> %1$s/runs"
            .formatted(folder);
    Files.writeString(
        home.resolve("config.json"),
        """
        {"queue":{"address":"redis://127.0.0.1:%d"},"worker":{"at_once":4,"lease_seconds":5},
         "tasks":{"pause_seconds":1,"attempts":50},
         "webhooks":{"github":{"secret":"%s","bot":"bot","response":"none"}},
         "agents":{"a":{"command":["sh","-c","%s"]}}}
        """
            .formatted(redis, Sender.SECRET, agent));
  }

  /** True when there is a library by which a process sees another time. */
  static boolean clocksCanBeSet() {
    return FAKETIME.stream().anyMatch(Files::exists);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  Path home() {
    return home;
  }

  private static List<String> java(String main) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Dslf4j.provider=org.slf4j.jul.JULServiceProvider",
            "-cp",
            System.getProperty("java.class.path"),
            main));
  }

  /** A call of the program, with its output thrown away. */
  ProcessBuilder command(String name, String... arguments) {
    List<String> command = java("dev.flightlog.cli.Main");
    command.addAll(List.of(name, "--home", home.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".err").toFile()));
  }

  Path errors(String name) {
    return folder.resolve(name + ".err");
  }

  /** What a call prints. */
  String output(String name, String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, name, ".out");
    command(name, arguments).redirectOutput(out.toFile()).start().waitFor();
    return Files.readString(out);
  }

  ProcessBuilder server() {
    return command("serve", "--port", Integer.toString(port))
        .redirectOutput(ProcessBuilder.Redirect.PIPE);
  }

  /**
   * @param clocks whether it is to see the time that {@link #clock} sets
   */
  ProcessBuilder worker(boolean clocks) {
    ProcessBuilder builder = command("worker").redirectOutput(ProcessBuilder.Redirect.PIPE);
    FAKETIME.stream()
        .filter(library -> clocks && Files.exists(library))
        .findFirst()
        .ifPresent(library -> {
          builder.environment().put("LD_PRELOAD", library.toString());
          builder.environment().put("FAKETIME_TIMESTAMP_FILE", clock.toString());
          builder.environment().put("FAKETIME_CACHE_DURATION", "1");
          builder.environment().put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
          // Otherwise every wait for a time ends at once, and a waiting thread takes a whole
          // processor.
          builder.environment().put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
          builder.environment().put("DONT_FAKE_MONOTONIC", "1");
        });
    return builder;
  }

  ProcessBuilder recorder(String name) {
    List<String> command = java(RecordingHost.class.getName());
    command.addAll(List.of(home.toString(), name));
    return new ProcessBuilder(command);
  }

  void clock(String offset) throws IOException {
    Files.writeString(clock, offset);
  }

  /** SIGKILL to the agent that was started last, when it still runs. */
  boolean killAgent() throws IOException {
    Path file = folder.resolve("agent");
    String text = Files.exists(file) ? Files.readString(file).strip() : "";
    if (text.isEmpty()) {
      return false;
    }
    Path environment = Path.of("/proc", text, "environ");
    try {
      return Files.readString(environment, java.nio.charset.StandardCharsets.ISO_8859_1)
              .contains("FLIGHTLOG_TASK_ID=")
          && ProcessHandle.of(Long.parseLong(text))
              .map(ProcessHandle::destroyForcibly)
              .orElse(false);
    } catch (IOException gone) {
      return false;
    }
  }

  /** The tasks by what their folders say. */
  Set<String> tasks(String status) throws IOException {
    Set<String> all = new HashSet<>();
    Path tasks = home.resolve("tasks");
    if (!Files.exists(tasks)) {
      return all;
    }
    try (var folders = Files.list(tasks)) {
      for (Path each : folders.toList()) {
        Path metadata = each.resolve("metadata.json");
        // A server that is killed while it makes a folder leaves what is hidden, and no task yet.
        boolean hidden = String.valueOf(each.getFileName()).startsWith(".");
        if (!hidden
            && Files.exists(metadata)
            && Files.readString(metadata).contains("\"status\":\"" + status)) {
          all.add(String.valueOf(each.getFileName()));
        }
      }
    }
    return all;
  }

  /** How many tasks have succeeded; those that cannot be looked at now are not. */
  int succeeded() {
    try {
      return tasks("succeeded").size();
    } catch (IOException inTheMiddle) {
      return 0;
    }
  }

  /** A line for each time that an agent has come to its end. */
  List<String> runs() throws IOException {
    Path runs = folder.resolve("runs");
    return Files.exists(runs) ? Files.readAllLines(runs) : List.of();
  }
}
