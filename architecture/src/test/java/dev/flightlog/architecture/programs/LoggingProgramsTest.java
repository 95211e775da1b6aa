package dev.flightlog.architecture.programs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Context;
import dev.flightlog.event.Event;
import dev.flightlog.logback.FlightlogAppender;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.runs.FlightRun;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** Runs and the appender, on the oldest Java and the newest, on the class and the module path. */
class LoggingProgramsTest {
  private static final String RUNS_MODULE = "module user { requires dev.flightlog.runs; }";
  private static final String RUNS =
      """
      package user;

      import dev.flightlog.recorder.*;
      import dev.flightlog.runs.*;
      import java.nio.file.Path;

      public class Main {
        public static void main(String[] arguments) throws Exception {
          Path folder = Path.of(arguments[0]);
          try (FlightRecorder recorder =
                  FlightRecorder.open(RecorderConfig.at(folder.resolve("home")));
              FlightRun run =
                  FlightRun.open(
                      folder.resolve("runs"), "f", "r", RunConfig.defaults().recorder(recorder));
              RunStep step = run.step(1)) {
            RunLogger log = FlightRun.logger("adapter");
            step.call(() -> log);
            Thread other = new Thread(step.wrap((Runnable) () -> log.info("from another thread")));
            other.start();
            other.join();
            log.info("on " + Runtime.version().feature());
            for (long i = 0; arguments.length > 1; i++) {
              log.info("entry " + i);
              System.out.println(i);
            }
          }
        }
      }
      """;

  private static final String LOGBACK_MODULE =
      "module user { requires dev.flightlog.logback; requires ch.qos.logback.classic; }";
  private static final String LOGBACK =
      """
      package user;

      import org.slf4j.*;

      public class Main {
        public static void main(String[] arguments) {
          Logger log = LoggerFactory.getLogger("com.example.Http");
          MDC.put("flightlog.framework", "f");
          MDC.put("flightlog.run", "r");
          MDC.put("flightlog.step", "1");
          log.atInfo().addKeyValue("tokens", 1234).log("on {}", Runtime.version().feature());
          ((ch.qos.logback.classic.LoggerContext) LoggerFactory.getILoggerFactory()).stop();
        }
      }
      """;
  private static final String CONFIGURATION =
      """
      <configuration>
        <appender name="RUNS" class="dev.flightlog.logback.FlightlogAppender">
          <root>%1$s/runs</root>
          <home>%1$s/home</home>
          <component>com.example=adapter</component>
        </appender>
        <root level="INFO"><appender-ref ref="RUNS"/></root>
      </configuration>
      """;

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init") // before all tests
  private static Built built;

  @BeforeAll
  static void build() throws Exception {
    built =
        new Built(folder)
            .room("event", Event.class)
            .room("recorder", FlightRecorder.class)
            .room("runs", FlightRun.class)
            .jar(Logger.class)
            .jar(Context.class)
            .jar(LoggerContext.class)
            .room("logback", FlightlogAppender.class);
  }

  /** What starts the class {@code user.Main}, on the class path and on the module path. */
  private static List<List<String>> starts(Path program) {
    String path = program + File.pathSeparator + built.path();
    return List.of(List.of("-cp", path, "user.Main"), List.of("-p", path, "-m", "user/user.Main"));
  }

  private static List<String> command(Path java, List<String> options, List<String> start) {
    List<String> command =
        new ArrayList<>(
            List.of(java.toString(), "-Xmx128m", "-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(start);
    return command;
  }

  private static List<String> adapter(Path place) throws Exception {
    return Files.readAllLines(place.resolve("runs/f/r/logs/step_001/adapter.log"));
  }

  @Test
  void aProgramLogsInARunOnEachJavaAndPath() throws Exception {
    Path program = built.program("runs", RUNS_MODULE, RUNS);
    for (Path java : Built.javas()) {
      for (List<String> start : starts(program)) {
        Path place = Files.createTempDirectory(folder, "place");
        List<String> command = command(java, List.of(), start);
        command.add(place.toString());
        built.runs(command);
        assertThat(adapter(place))
            .as("%s", command)
            .hasSize(2)
            .allMatch(line ->
                line.contains("\"message\":\"from another thread\"")
                    || line.contains("\"message\":\"on "));
        assertThat(place.resolve("runs/f/r/logs_summary.txt")).content().contains("Step 001: SUCC");
      }
    }
  }

  @Test
  void whatWasAcknowledgedStandsInTheFilesOfARunThatWasKilledOnEachJava() throws Exception {
    Path program = built.program("killed", RUNS_MODULE, RUNS);
    for (Path java : Built.javas()) {
      Path place = Files.createTempDirectory(folder, "killed");
      List<String> start = starts(program).get(0);
      List<String> command = command(java, List.of(), start);
      command.addAll(List.of(place.toString(), "endless"));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String last = "";
      try (BufferedReader out = process.inputReader()) {
        while (!last.equals("300")) {
          last = out.readLine();
          assertThat(last).isNotNull();
        }
        process.destroyForcibly().waitFor();
      }
      List<String> lines = adapter(place);
      for (int i = 0; i <= 300; i++) {
        String message = "\"message\":\"entry " + i + "\"";
        assertThat(lines).anyMatch(line -> line.contains(message));
      }
    }
  }

  @Test
  void anAppenderMakesARunOnEachJavaAndPath() throws Exception {
    Path program = built.program("logging", LOGBACK_MODULE, LOGBACK);
    for (Path java : Built.javas()) {
      for (List<String> start : starts(program)) {
        Path place = Files.createTempDirectory(folder, "place");
        Path configuration = Files.createTempFile(folder, "logback", ".xml");
        Files.writeString(configuration, CONFIGURATION.formatted(place));
        List<String> options = List.of("-Dlogback.configurationFile=" + configuration);
        built.runs(command(java, options, start));
        assertThat(adapter(place))
            .as("%s", start)
            .singleElement()
            .asString()
            .contains("\"message\":\"on ", "\"tokens\":1234");
        assertThat(place.resolve("runs/f/r/logs_summary.txt")).exists();
        try (var journals = Files.list(place.resolve("home"))) {
          assertThat(journals.filter(each -> each.toString().endsWith(".jsonl"))).hasSize(1);
        }
      }
    }
  }
}
