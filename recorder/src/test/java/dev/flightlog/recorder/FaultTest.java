package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What threads, processes and disks do to a recorder. */
@SuppressWarnings("try")
class FaultTest {
  @TempDir Path home;

  private RecorderConfig config() {
    return RecorderConfig.at(home).ring(1 << 18).maxWait(Duration.ofSeconds(10));
  }

  private static void inThreads(int threads, java.util.function.IntConsumer work) throws Exception {
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int me = t;
      Thread thread = new Thread(() -> work.accept(me));
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
  }

  @Test
  void interruptsOfCallersLoseNothingAndAreKept() throws Exception {
    AtomicInteger kept = new AtomicInteger();
    for (int ring : new int[] {1 << 16, 0}) {
      Path base = home.resolve("ring" + ring);
      try (FlightRecorder recorder =
          FlightRecorder.open(RecorderConfig.at(base).ring(ring).maxWait(Duration.ofSeconds(10)))) {
        inThreads(
            32,
            me -> {
              for (int i = 0; i < 500; i++) {
                if (i % 10 == 0) {
                  Thread.currentThread().interrupt();
                }
                Durability reached = recorder.learning("x").detail("n", me * 1000 + i).log();
                assertThat(reached).isEqualTo(Durability.WRITTEN);
                kept.addAndGet(Thread.interrupted() ? 1 : 0);
              }
            });
        Thread.currentThread().interrupt();
        assertThat(recorder.learning("last").log(Durability.SYNCED)).isEqualTo(Durability.SYNCED);
        assertThat(recorder.flush()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(recorder.stats().written()).isEqualTo(16_001);
      }
      assertThat(Lines.of(base)).hasSize(16_001);
    }
    assertThat(kept).hasValue(2 * 32 * 50);
  }

  @Test
  void interruptsOfTheRecordersOwnThreadsLoseAndRepeatNothing() throws Exception {
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      Thread[] all = new Thread[Thread.activeCount() * 2];
      int count = Thread.enumerate(all);
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < 20_000; i++) {
        recorder.learning("x").detail("n", i).log();
        for (int t = 0; t < count && i % 20 == 0; t++) {
          if (all[t].getName().startsWith("flightlog-") && !all[t].getName().contains("exit")) {
            seen.add(all[t].getName());
            all[t].interrupt();
          }
        }
      }
      assertThat(seen).contains("flightlog-drain", "flightlog-sync");
      assertThat(recorder.flush()).as("%s", recorder.stats()).isTrue();
    }
    Set<Integer> found = new HashSet<>();
    List<JsonNode> lines = Lines.of(home);
    lines.forEach(line -> found.add(line.at("/details/n").asInt()));
    assertThat(found).hasSize(20_000);
    assertThat(lines).hasSize(20_000);
  }

  @Test
  void offeredIsWrittenAndDroppedAndPendingAtAnyMoment() throws Exception {
    try (FlightRecorder recorder = FlightRecorder.open(config().maxWait(Duration.ZERO))) {
      Thread[] observer = new Thread[1];
      boolean[] stop = {false};
      List<String> wrong = new ArrayList<>();
      observer[0] =
          new Thread(() -> {
            RecorderStats before = recorder.stats();
            while (!Thread.currentThread().isInterrupted()) {
              RecorderStats now = recorder.stats();
              boolean exact =
                  now.offered() == now.written() + now.dropped() + now.pending()
                      && now.pending() >= 0
                      && now.written() >= before.written()
                      && now.offered() >= before.offered();
              if (!exact) {
                wrong.add(now.toString());
              }
              before = now;
            }
            stop[0] = true;
          });
      observer[0].start();
      AtomicInteger refused = new AtomicInteger();
      inThreads(
          8,
          me -> {
            for (int i = 0; i < 20_000; i++) {
              if (recorder.learning("x").log() == Durability.DROPPED) {
                refused.incrementAndGet();
              }
            }
          });
      observer[0].interrupt();
      observer[0].join();
      recorder.close();
      assertThat(wrong).isEmpty();
      RecorderStats stats = recorder.stats();
      assertThat(stats.pending()).isZero();
      assertThat(stats.dropped()).isEqualTo(refused.get());
      List<JsonNode> lines = Lines.of(home);
      assertThat(stats.written()).isEqualTo(lines.size());
      long told = 0;
      long gaps = 0;
      for (JsonNode line : lines) {
        if (line.get("event_type").asText().equals("recorder_gap")) {
          told += line.at("/details/dropped").asLong();
          gaps++;
        }
      }
      assertThat(told).isEqualTo(refused.get());
      assertThat(stats.offered()).isEqualTo(160_000 + gaps);
    }
  }

  @Test
  void manyProcessesShareAJournalWithoutMixingLines() throws Exception {
    int processes = 8;
    int each = 1000;
    List<Process> children = new ArrayList<>();
    for (int p = 0; p < processes; p++) {
      children.add(Child.java(Writers.class.getName(), home.toString(), "" + p, "2", "" + each));
    }
    Set<String> acknowledged = new HashSet<>();
    for (Process child : children) {
      Child.lines(child).stream()
          .filter(line -> line.matches("\\d+:\\d+:\\d+"))
          .forEach(acknowledged::add);
      assertThat(child.waitFor()).isZero();
    }
    Set<String> found = new HashSet<>();
    List<JsonNode> lines = Lines.of(home);
    lines.forEach(line -> found.add(line.at("/details/n").asText()));
    assertThat(acknowledged).hasSize(processes * each * 2);
    assertThat(found).isEqualTo(acknowledged);
    assertThat(lines).hasSameSizeAs(acknowledged);
  }

  @Test
  void twoRecordersOfOneProcessShareAFolder() throws Exception {
    try (FlightRecorder first = FlightRecorder.open(config());
        FlightRecorder second = FlightRecorder.open(config())) {
      inThreads(
          4,
          me -> {
            for (int i = 0; i < 2000; i++) {
              (me % 2 == 0 ? first : second).learning("x").log();
            }
          });
      // The rings of both are alive: nobody may take them, in this process or another.
      assertThat(Journals.recover(home).rings()).isZero();
      Process other = Child.java(Writers.class.getName(), home.toString(), "other", "1", "10");
      assertThat(Child.lines(other)).hasSize(12);
      first.learning("y").log();
      second.learning("y").log();
    }
    assertThat(Lines.of(home)).hasSize(8012);
  }

  @Test
  void aHomeThatCannotBeWrittenIsToldAndHarmsNobody() throws Exception {
    Path file = home.resolve("file");
    Files.writeString(file, "not a folder");
    try (FlightRecorder recorder =
        FlightRecorder.open(
            RecorderConfig.at(file.resolve("home"))
                .maxWait(Duration.ofMillis(20))
                .syncWait(Duration.ofMillis(100)))) {
      assertThat(recorder.stats().mapped()).isFalse();
      assertThat(recorder.learning("x").log()).isEqualTo(Durability.ACCEPTED);
      assertThat(recorder.flush()).isFalse();
      assertThat(recorder.stats().problem()).isNotEmpty();
      // Somebody mends it: what was accepted arrives after all.
      Files.delete(file);
      long start = System.nanoTime();
      while (!recorder.flush() && System.nanoTime() - start < 60_000_000_000L) {
        Thread.onSpinWait();
      }
      assertThat(recorder.stats().pending()).isZero();
    }
    assertThat(Lines.of(file.resolve("home"))).hasSize(1);
  }

  @Test
  void whatAFailingDiskDoesNotTakeBeforeCloseIsRecoveredByTheNextRecorder() throws Exception {
    RecorderConfig config = config().syncWait(Duration.ofMillis(100)).story("s");
    FlightRecorder recorder = FlightRecorder.open(config);
    Path journal = home.resolve(Journals.fileName("s", System.currentTimeMillis() * 1000));
    Files.createDirectory(journal);
    for (int i = 0; i < 100; i++) {
      assertThat(recorder.learning("x").log()).isEqualTo(Durability.WRITTEN);
    }
    assertThat(recorder.flush()).isFalse();
    recorder.close();
    assertThat(recorder.stats().pending()).isZero();
    assertThat(recorder.stats().written()).isEqualTo(100);
    Files.delete(journal);
    FlightRecorder.open(config).close();
    assertThat(Lines.of(home)).hasSize(100);
    assertThat(home.resolve(".ring")).isEmptyDirectory();
  }

  @Test
  void callersWaitNoLongerThanTheirBoundWhenNothingMoves() throws Exception {
    Path journal = home.resolve(Journals.fileName("default", System.currentTimeMillis() * 1000));
    Files.createDirectories(journal);
    try (FlightRecorder recorder =
        FlightRecorder.open(
            RecorderConfig.at(home)
                .ring(0)
                .maxWait(Duration.ofMillis(50))
                .syncWait(Duration.ofMillis(50)))) {
      long shortest = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        long start = System.nanoTime();
        assertThat(recorder.learning("x").log()).isEqualTo(Durability.ACCEPTED);
        assertThat(recorder.learning("x").log(Durability.SYNCED)).isEqualTo(Durability.ACCEPTED);
        shortest = Math.min(shortest, System.nanoTime() - start);
      }
      // The bounds make each of them short; a busy machine makes some of them long.
      assertThat(Duration.ofNanos(shortest)).isLessThan(Duration.ofMillis(1000));
    }
  }

  @Test
  void whereTheDiskIsKnownToFailNobodyWaitsForRoom() throws Exception {
    Files.createDirectories(
        home.resolve(Journals.fileName("default", System.currentTimeMillis() * 1000)));
    Duration most = Duration.ofSeconds(3);
    try (FlightRecorder recorder =
        FlightRecorder.open(
            RecorderConfig.at(home).ring(0).maxWait(most).syncWait(Duration.ofMillis(50)))) {
      String text = "long ".repeat(2000);
      for (int i = 0;
          recorder.learning("x").detail("text", text).log() != Durability.DROPPED && i < 10_000;
          i++) {
        assertThat(i).as("the ring is full at some time").isLessThan(9_999);
      }
      long start = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        assertThat(recorder.learning("x").detail("text", text).log()).isEqualTo(Durability.DROPPED);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(most.multipliedBy(4));
    }
  }

  @Test
  void aSecretInAnyFieldIsNowhereOnDisk() throws Exception {
    String secret = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";
    Throwable error = new IllegalStateException("token " + secret, new RuntimeException(secret));
    String longText = "x".repeat(48 * 1024 - 60) + secret + "y".repeat(100_000);
    try (FlightRecorder recorder =
        FlightRecorder.open(config().story("s-" + secret).session("session " + secret))) {
      try (OpenScope scope = recorder.scope().workflow(secret).agent(secret).open()) {
        recorder
            .event("type " + secret, dev.flightlog.event.Category.LEARNING)
            .taskId(secret)
            .runId(secret)
            .component(secret)
            .id(secret)
            .tool(secret)
            .model(secret)
            .input(Map.of(secret, List.of(secret)))
            .output(longText)
            .detail(secret, secret)
            .detail("object", new StringBuilder(secret))
            .log();
        recorder.learning("x").agent(secret).story(secret).session(secret).workflow(secret).log();
        recorder.error(error, Map.of("token", secret));
        recorder.clarificationNeeded(secret, secret, Map.of("k", secret));
        recorder.transition(secret, secret, 1, secret);
      }
      scan(secret);
    }
    scan(secret);
    assertThat(Lines.of(home)).hasSize(5);
  }

  private void scan(String secret) throws Exception {
    try (var files = Files.walk(home)) {
      for (Path file : files.toList()) {
        assertThat(file.toString()).doesNotContain(secret);
        if (Files.isRegularFile(file)) {
          String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
          assertThat(bytes.contains(secret)).as(file.toString()).isFalse();
          assertThat(bytes.contains(secret.substring(4, 24))).as("half, " + file).isFalse();
        }
      }
    }
  }

  @Test
  void aProcessThatEndsWithoutClosingLosesNothing() throws Exception {
    Process child = Child.java(Unclosed.class.getName(), home.toString());
    assertThat(Child.lines(child)).isEmpty();
    assertThat(child.waitFor()).isZero();
    // Hooks run in any order: what one records behind the recorder's own stays in the ring.
    Journals.recover(home);
    assertThat(Lines.of(home)).hasSize(101);
  }

  /** Records from main and from a shutdown hook of its own, and never closes. */
  static final class Unclosed {
    private Unclosed() {}

    public static void main(String[] args) {
      FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(Path.of(args[0])));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> recorder.learning("hook").log()));
      for (int i = 0; i < 100; i++) {
        recorder.learning("x").log(Durability.ACCEPTED);
      }
    }
  }
}
