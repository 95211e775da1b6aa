package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.flightlog.event.Category;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of sessions, stories and agents in turn cost no garbage, nor do details in a map. */
class VarietyTest {
  private static final int EVENTS = 20_000;
  private static final List<String> SESSIONS = names("session", 200);
  private static final List<String> STORIES = names("story", 500);
  private static final List<String> AGENTS = names("agent", 40);

  @TempDir Path home;

  private static List<String> names(String kind, int count) {
    return IntStream.range(0, count).mapToObj(i -> kind + "_" + i * 7919).toList();
  }

  @Test
  void anEventOfManyCostsAtMostItsBuilderAndWhatTheMapHandsOut() {
    List<Map<String, Object>> details = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      details.add(
          Map.of("story", STORIES.get(i % 500), "path", "src/Main" + i + ".java", "line", i));
    }
    RecorderConfig config = RecorderConfig.at(home).maxWait(Duration.ofSeconds(30));
    try (FlightRecorder recorder = FlightRecorder.open(config)) {
      for (int round = 0; round < 3; round++) {
        long all = allocated(() -> log(recorder, details));
        long callers = allocated(() -> walk(details));
        long ours = (all - callers) / EVENTS;
        System.out.println(
            "garbage of an event among many: "
                + ours
                + " bytes, with the walk through its map "
                + all / EVENTS);
        if (round == 2) {
          assertThat(ours).isLessThanOrEqualTo(64);
        }
      }
      assertThat(recorder.stats().dropped()).isZero();
    }
  }

  private static void log(FlightRecorder recorder, List<Map<String, Object>> details) {
    for (int i = 0; i < EVENTS; i++) {
      recorder
          .event("tool_call", Category.EXECUTION)
          .session(SESSIONS.get(i % 200))
          .agent(AGENTS.get(i % 40))
          .tool("Read")
          .durationMs(i)
          .details(details.get(i % 1000))
          .log();
    }
  }

  /** What going through the map costs whoever does it. */
  private static void walk(List<Map<String, Object>> details) {
    int[] seen = new int[1];
    for (int i = 0; i < EVENTS; i++) {
      details.get(i % 1000).forEach((key, value) -> seen[0] += key.length());
    }
    assertThat(seen[0]).isPositive();
  }

  private static long allocated(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
