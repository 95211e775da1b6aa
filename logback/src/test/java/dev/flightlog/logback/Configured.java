package dev.flightlog.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A context of Logback that was configured by XML, with runs and a home below one folder. */
final class Configured implements AutoCloseable {
  final LoggerContext context = new LoggerContext();
  final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
  final Path folder;

  /**
   * @param more what stands in the appender besides root and home
   */
  Configured(Path folder, String more) {
    this.folder = folder;
    context.setMDCAdapter(mdc);
    configure(
        "<root>"
            + folder.resolve("runs")
            + "</root><home>"
            + folder.resolve("home")
            + "</home>"
            + more);
  }

  private void configure(String properties) {
    String xml =
        "<configuration><appender name='RUNS' class='dev.flightlog.logback.FlightlogAppender'>"
            + properties
            + "</appender><root level='DEBUG'><appender-ref ref='RUNS'/></root></configuration>";
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    } catch (JoranException e) {
      throw new IllegalStateException(e);
    }
  }

  Logger logger(String name) {
    return context.getLogger(name);
  }

  /** Puts the keys of the defaults. */
  void at(String run, String step) {
    mdc.put("flightlog.framework", "baes");
    mdc.put("flightlog.run", run);
    mdc.put("flightlog.step", step);
  }

  /** What Logback was told is wrong. */
  List<String> problems() {
    return context.getStatusManager().getCopyOfStatusList().stream()
        .filter(status -> status.getLevel() >= Status.WARN)
        .map(Status::getMessage)
        .toList();
  }

  /** The lines of a log, by its path below the runs. */
  List<String> lines(String log) {
    return lines(folder.resolve("runs").resolve(log));
  }

  /** Every line of every journal; after the context was stopped. */
  List<String> events() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("home"))) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .flatMap(file -> lines(file).stream())
          .toList();
    }
  }

  static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void stop() {
    context.stop();
  }

  @Override
  public void close() {
    stop();
  }
}
