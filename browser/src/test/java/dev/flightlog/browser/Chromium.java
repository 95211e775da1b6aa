package dev.flightlog.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A headless Chromium of its own, spoken to over the DevTools protocol. For one thread. */
final class Chromium implements AutoCloseable {
  private static final List<String> PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-extensions",
          "--disable-dev-shm-usage",
          "--force-color-profile=srgb",
          "--remote-debugging-port=0");

  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final Devtools devtools;

  private Chromium(Process process, Devtools devtools) {
    this.process = process;
    this.devtools = devtools;
  }

  /** Where one is installed. */
  static Optional<Path> installed() {
    return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /**
   * Starts it.
   *
   * @param profile an empty folder
   */
  static Chromium start(Path program, Path profile) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + profile);
    command.add("about:blank");
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader told = process.errorReader(StandardCharsets.UTF_8);
    String line;
    while ((line = told.readLine()) != null) {
      if (line.startsWith(LISTENING)) {
        Thread.ofVirtual().start(() -> drain(told));
        return new Chromium(process, Devtools.connect(line.substring(LISTENING.length()).strip()));
      }
    }
    throw new IOException("Chromium ended with " + process.waitFor());
  }

  private static void drain(BufferedReader told) {
    try {
      while (told.readLine() != null) {
        // What it complains about does not matter here.
      }
    } catch (IOException e) {
      // It has ended.
    }
  }

  /** An empty tab. */
  Tab tab() {
    Map<String, Object> target =
        devtools.call("", "Target.createTarget", Map.of("url", "about:blank"));
    Map<String, Object> session =
        devtools.call(
            "",
            "Target.attachToTarget",
            Map.of("targetId", String.valueOf(target.get("targetId")), "flatten", true));
    return new Tab(devtools, String.valueOf(session.get("sessionId")));
  }

  @Override
  public void close() {
    devtools.close();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted while Chromium ended", e));
    }
  }
}
