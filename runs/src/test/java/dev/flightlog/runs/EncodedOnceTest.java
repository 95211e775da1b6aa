package dev.flightlog.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.json.JsonReader;
import dev.flightlog.recorder.Content;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An entry that is encoded once for line and event gives what it gives when each is encoded. */
class EncodedOnceTest {
  private static final InstantSource CLOCK = () -> Instant.parse("2025-10-20T14:23:45.000001Z");
  private static final List<String> TEXTS =
      List.of(
          "",
          "plain",
          "\"quoted\" \\ and\nbroken\tlines\u0001",
          "Ünï – \uD83D\uDE00 \uD83D alone",
          "password=hunter2hunter2",
          "sk-ant-api03-" + "Ab1".repeat(30),
          "x".repeat(5000));
  private static final List<String> KEYS =
      List.of("a", "b c", "level", "message", "framework", "input_tokens", "password", "k\"");

  @TempDir Path folder;

  private static @Nullable Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 2 ? 6 : 9)) {
      case 0 -> null;
      case 1 -> random.nextInt(-1000, 1000);
      case 2 -> random.nextLong();
      case 3 -> random.nextBoolean();
      case 4 -> random.nextInt(5) == 0 ? Double.NaN : random.nextDouble() * 1e6;
      case 5 -> TEXTS.get(random.nextInt(TEXTS.size()));
      case 6 -> Arrays.<@Nullable Object>asList(value(random, depth + 1), value(random, depth + 1));
      case 7 -> details(random, depth + 1);
      default -> Path.of("/some/path");
    };
  }

  private static Map<String, @Nullable Object> details(Random random, int depth) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      details.put(KEYS.get(random.nextInt(KEYS.size())), value(random, depth));
    }
    return details;
  }

  private List<String> lines(Content content, long seed, int entries) throws IOException {
    Random random = new Random(seed);
    Path root = folder.resolve("runs_" + content);
    RecorderConfig at = RecorderConfig.at(folder.resolve("home_" + content));
    // Equal secrets look equal under one key only.
    try (FlightRecorder recorder =
            FlightRecorder.open(at.home(folder.resolve("key")).content(content));
        FlightRun run =
            FlightRun.open(
                root, "baes", "abc", RunConfig.defaults().recorder(recorder).clock(CLOCK));
        RunStep step = run.step(1)) {
      for (int i = 0; i < entries; i++) {
        String message = random.nextInt(9) == 0 ? null : TEXTS.get(random.nextInt(TEXTS.size()));
        Map<String, @Nullable Object> details = random.nextInt(5) == 0 ? null : details(random, 0);
        run.log(
            step.number(),
            new LogEntry(System.Logger.Level.INFO, "c", message, null, details, null));
      }
      return RunWorld.lines(run, "step_001/c.log");
    }
  }

  @Test
  void theLinesAreTheSame() throws IOException {
    long seed = new Random().nextLong();
    List<String> once = lines(Content.FULL, seed, 500);
    assertThat(once).as("seed %s", seed).hasSize(500).isEqualTo(lines(Content.HEAD, seed, 500));
    assertThat(String.join("\n", once)).doesNotContain("Ab1Ab1", "hunter2hunter2\"");
  }

  @Test
  void theEventSaysWhatTheLineSays() throws Exception {
    List<String> lines = lines(Content.FULL, 7, 200);
    List<Map<?, ?>> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("home_FULL"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          if (line.contains("\"component\":\"c\"")) {
            events.add(parsed(line));
          }
        }
      }
    }
    assertThat(events).hasSize(200);
    for (int i = 0; i < 200; i++) {
      Map<?, ?> line = parsed(lines.get(i));
      Map<?, ?> event = events.get(i);
      Map<?, ?> details = map(event.get("details"));
      assertThat(event.get("timestamp")).isEqualTo(line.get("timestamp"));
      assertThat(event.get("run_id")).isEqualTo("abc");
      assertThat(event.get("step")).isEqualTo(1L);
      assertThat(event.get("event_type")).isEqualTo("log");
      assertThat(details.get("level")).isEqualTo("INFO");
      assertThat(details.get("framework")).isEqualTo("baes");
      assertThat(details.get("message")).isEqualTo(line.get("message"));
    }
  }

  private static Map<?, ?> parsed(String line) {
    byte[] json = line.getBytes(StandardCharsets.UTF_8);
    return map(new JsonReader().reset(json, 0, json.length).value());
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }
}
