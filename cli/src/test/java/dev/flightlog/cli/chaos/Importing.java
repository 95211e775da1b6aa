package dev.flightlog.cli.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes lines into a file outside of the home, and imports it again and again. */
final class Importing implements AutoCloseable {
  private final Path file;
  private final Programs programs;
  private final Set<String> written = ConcurrentHashMap.newKeySet();
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);
  private volatile @Nullable Process process;
  private volatile boolean stopped;
  private volatile int kills;

  Importing(Path folder, Programs programs) {
    file = folder.resolve("lines.jsonl");
    this.programs = programs;
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!stopped) {
      try {
        write(20);
        importAll();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
      Pause.millis(1500);
    }
  }

  private void write(int lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      String key = "line-" + written.size();
      text.append(
          "{\"timestamp\":\"%s\",\"message\":\"a line\",\"key\":\"%s\"}%n"
              .formatted(Instant.now(), key));
      written.add(key);
    }
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Imports what is there; the exit code. */
  int importAll() throws IOException, InterruptedException {
    Process started = programs.command("import", file.toString()).start();
    process = started;
    return started.waitFor();
  }

  /** SIGKILL; it is begun again later. */
  void kill() {
    Process running = process;
    if (running != null && running.isAlive()) {
      running.destroyForcibly();
      kills++;
    }
  }

  /** How often it was killed at work. */
  int kills() {
    return kills;
  }

  Set<String> written() {
    return written;
  }

  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }

  @Override
  public void close() {
    stopped = true;
    kill();
  }
}
