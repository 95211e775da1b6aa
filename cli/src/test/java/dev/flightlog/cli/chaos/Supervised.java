package dev.flightlog.cli.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A program that is started again whenever it ends, as an init system does. */
final class Supervised implements AutoCloseable {
  private static final long PAUSE_MILLIS = 300;

  final String name;
  private final Supplier<ProcessBuilder> program;
  private final Consumer<String> lines;
  private final Path errors;
  private final Thread thread;
  private volatile @Nullable Process process;
  private volatile boolean ended;

  /**
   * @param lines gets what it prints on standard output
   * @param errors where standard error is appended
   */
  Supervised(String name, Supplier<ProcessBuilder> program, Consumer<String> lines, Path errors) {
    this.name = name;
    this.program = program;
    this.lines = lines;
    this.errors = errors;
    thread = Thread.ofPlatform().name("chaos-" + name).daemon().start(this::supervise);
  }

  private void supervise() {
    while (!ended) {
      try {
        Process started =
            program.get().redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile())).start();
        process = started;
        if (ended) {
          started.destroyForcibly();
        }
        read(started);
        started.waitFor();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(name + " cannot be started", e);
      }
      Pause.millis(PAUSE_MILLIS);
    }
  }

  private void read(Process from) {
    try (BufferedReader out = from.inputReader(UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.accept(line);
      }
    } catch (IOException killed) {
      // What it had printed last may be lost; nobody relies on it then.
      return;
    }
  }

  /** SIGKILL; it is started again. */
  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
    }
  }

  @Nullable Process process() {
    Process running = process;
    return running != null && running.isAlive() ? running : null;
  }

  /** The end of what it wrote to standard error. */
  String messages() {
    try {
      String text = Files.exists(errors) ? Files.readString(errors) : "";
      return name + ": " + text.substring(Math.max(0, text.length() - 4000));
    } catch (IOException e) {
      return name + ": " + e;
    }
  }

  /** Ends it, at once, for good. */
  @Override
  public void close() {
    ended = true;
    kill();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
