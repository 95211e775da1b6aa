package dev.flightlog.cli;

import dev.flightlog.analysis.Questions;
import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Console;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The run from which the build makes the ahead-of-time cache: what users do most, over the bundled
 * sessions, so that the classes they need are loaded and linked in advance.
 */
public final class Training {
  private Training() {}

  /** Takes the folder to work in. */
  public static void main(String[] words) throws Exception {
    String folder = words[0];
    String home = folder + "/home";
    recordMuch(Path.of(folder, "much"), Path.of(home));
    Map<String, String> environment = Map.of("HOME", folder);
    List<String[]> calls = new ArrayList<>(List.of(calls(folder, home)));
    for (Question question : Questions.all()) {
      calls.add(ask(question, home));
    }
    for (String[] call : calls) {
      PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
      Console console =
          new Console(
              new ByteArrayInputStream(new byte[0]),
              out,
              System.err,
              environment,
              Clock.systemUTC(),
              false,
              null);
      int code = Main.run(call, console);
      out.flush();
      // What doctor finds to be wrong with this home is no fault of the training.
      if (code == CommandException.FAILED && !call[0].equals("doctor")) {
        throw new IllegalStateException("training failed at " + String.join(" ", call));
      }
    }
  }

  private static String[][] calls(String folder, String home) {
    return new String[][] {
      {"quickstart", "--home", home},
      {"import", folder + "/much", "--home", home},
      {"record", "training_step", "--home", home, "--field", "success=true"},
      {"ask", "--home", home},
      {"ask", "errors", "--home", home},
      {"ask", "tools", "--home", home, "--format", "json"},
      {"ask", "performance", "--home", home, "--since", "7d"},
      {"search", "error", "--home", home},
      {"sql", "SELECT count(*) FROM events", "--home", home},
      {"tail", "--home", home},
      {"ask", "--help"},
      {"ask", "eror", "--home", home},
      {"doctor", "--home", home},
    };
  }

  /** Every question, since each has classes of its own; of a session, story or error that is. */
  private static String[] ask(Question question, String home) {
    List<String> words = new ArrayList<>(List.of("ask", question.name()));
    for (Argument argument : question.arguments()) {
      if (argument.required()) {
        words.add(
            switch (argument.name()) {
              case "SESSION" -> "session_1";
              case "A", "B" -> "training";
              default -> "error";
            });
      }
    }
    words.addAll(List.of("--home", home));
    return words.toArray(new String[0]);
  }

  /**
   * So much that roll-ups are large, and so many sessions that what is learnt of them is packed:
   * the ways of large homes are trained, too.
   */
  private static void recordMuch(Path journals, Path home) {
    RecorderConfig config = RecorderConfig.at(journals).home(home).story("training");
    try (FlightRecorder recorder = FlightRecorder.open(config)) {
      for (int i = 0; i < 4000; i++) {
        recorder
            .toolCall("Tool" + i % 50)
            .agent("agent_" + i / 50)
            .session("session_" + i / 16)
            .durationMs(i)
            .tokens(i)
            .success(i % 7 > 0)
            .log();
      }
    }
  }
}
