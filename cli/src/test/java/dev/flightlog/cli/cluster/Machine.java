package dev.flightlog.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.home.Home;
import dev.flightlog.home.index.HomeShipping;
import dev.flightlog.home.sources.Sources;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.shipping.confirmed.Backlog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A machine with journals of its own, whose {@code flightlog ship} is a process of its own. */
final class Machine implements AutoCloseable {
  private final String name;
  private final Home home;
  private final Path said;
  private @Nullable Process ship;
  private int recorded;

  /**
   * @param folder of this machine alone
   * @param address of the store that it ships into
   */
  Machine(Path folder, String address) throws IOException {
    Files.createDirectories(folder);
    name = String.valueOf(folder.getFileName());
    said = folder.resolve("ship.out");
    JsonWriter settings = new JsonWriter().beginObject();
    settings.key("store").beginObject().key("address").string(address).endObject();
    settings.key("ship").beginObject().key("machine").string(name).endObject();
    Files.writeString(folder.resolve("config.json"), settings.endObject().toString());
    home = Home.open(folder, Map.of());
  }

  Home home() {
    return home;
  }

  /** The session that all of its events are of. */
  String session() {
    return "session of " + name;
  }

  /**
   * Writes a transcript of so many prompts, and makes it a known source.
   *
   * @return the session of its events, of which the first says that it began
   */
  String transcript(int prompts) throws IOException {
    String session = "transcript of " + name;
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < prompts; i++) {
      lines.append(
          """
          {"type":"user","uuid":"%s-%d","timestamp":"2026-05-01T10:00:%02dZ","sessionId":"%s","cwd":"/w/p","message":{"role":"user","content":"please"}}
          """
              .formatted(name, i, i % 60, session));
    }
    Path file = home.path().resolve("claude/p/one.jsonl");
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines);
    Sources.of(home).remember(List.of(home.path().resolve("claude")), home.importOptions());
    return session;
  }

  /** Records so many events more; each has one token more than the one before, the first none. */
  void record(int events) {
    try (FlightRecorder recorder = FlightRecorder.open(home.recorderConfig().ring(0))) {
      for (int end = recorded + events; recorded < end; recorded++) {
        recorder.toolCall("Bash").session(session()).tokens(recorded).log();
      }
    }
  }

  void ship() throws IOException {
    ship =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.flightlog.cli.Main",
                "ship",
                "--home",
                home.path().toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
            .start();
  }

  /** What waits in its files. */
  Backlog backlog() {
    return HomeShipping.backlog(home).orElseThrow();
  }

  /** Ends {@code ship} as a power cut would, if it was started. */
  void kill() {
    Process running = ship;
    if (running != null) {
      running.destroyForcibly();
      running.onExit().join();
    }
  }

  /** Asks {@code ship} to end, and answers its code when it has. */
  int stop() {
    Process running = ship;
    if (running == null) {
      throw new IllegalStateException("nothing was started");
    }
    running.destroy();
    return running.onExit().join().exitValue();
  }

  /** What {@code ship} has printed. */
  String said() {
    try {
      return name + ": " + (Files.exists(said) ? Files.readString(said, UTF_8) : "");
    } catch (IOException e) {
      return name + ": " + e;
    }
  }

  @Override
  public void close() {
    kill();
  }
}
