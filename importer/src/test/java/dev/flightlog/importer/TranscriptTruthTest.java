package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptTruthTest {
  private static final Path SAMPLE = Desk.sample("claude");

  @TempDir Path home;

  @Test
  void theImportGivesExactlyWhatASlowCounterCounts() throws IOException {
    Desk desk = new Desk(home);

    ImportReport report = desk.run(SAMPLE);

    SlowTruth.Counts truth = SlowTruth.of(SAMPLE);
    assertThat(counted(desk, report)).isEqualTo(truth);
    assertThat(truth).isEqualTo(new SlowTruth.Counts(16, 168, 18, 9, 5, 14_857));
    assertThat(report.files()).isEqualTo(18);
    assertThat(report.quarantined()).isZero();
  }

  @Test
  void everySessionHasAnEventOfItsOwn() {
    Desk desk = new Desk(home);
    ImportReport report = desk.run(SAMPLE);

    assertThat(desk.events("session_started")).hasSize((int) report.sessions());
  }

  @Test
  void importingAgainReadsNothingAndChangesNothing() {
    Desk desk = new Desk(home);
    desk.run(SAMPLE);
    var before = desk.content();

    ImportReport again = desk.run(SAMPLE);

    assertThat(again.files()).isEqualTo(18);
    assertThat(again.lines()).isZero();
    assertThat(again.imported() + again.duplicates()).isZero();
    assertThat(Desk.difference(desk.content(), before)).isEmpty();
  }

  @Test
  void aCopyUnderOtherNamesChangesNothing() throws IOException {
    Desk desk = new Desk(home);
    desk.run(SAMPLE);
    var before = desk.content();
    int number = 0;
    for (Path file : files()) {
      desk.file("copy/" + number++ + ".jsonl", Files.readAllBytes(file));
    }

    ImportReport copied = desk.run(home.resolve("in"));

    assertThat(copied.imported()).isZero();
    assertThat(copied.lines()).isPositive();
    assertThat(Desk.difference(desk.content(), before)).isEmpty();
  }

  @Test
  void gzippedFilesChangeNothing() throws IOException {
    Desk desk = new Desk(home);
    desk.run(SAMPLE);
    var before = desk.content();
    int number = 0;
    for (Path file : files()) {
      Path zipped = desk.file("zipped/" + number++ + ".jsonl.gz", new byte[0]);
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
        Files.copy(file, out);
      }
    }

    assertThat(desk.run(home.resolve("in")).imported()).isZero();
    assertThat(Desk.difference(desk.content(), before)).isEmpty();
  }

  @Test
  void aResumedSessionThatRepeatsEarlierLinesAddsOnlyWhatIsNew() throws IOException {
    Desk desk = new Desk(home);
    desk.run(SAMPLE);
    var before = desk.content();
    Path first = SAMPLE.resolve("sample-project/5c0375b4-57a5-4f26-b12d-d022ee4e51b7.jsonl");
    String more =
        """
        {"type":"user","uuid":"new-1","sessionId":"5c0375b4-57a5-4f26-b12d-d022ee4e51b7",\
        "timestamp":"2025-10-01T00:00:00Z","message":{"role":"user","content":"go on"}}
        """;
    desk.file("resumed.jsonl", Files.readString(first) + more);

    assertThat(desk.run(home.resolve("in")).imported()).isEqualTo(1);

    var after = desk.content();
    after.keySet().retainAll(before.keySet());
    assertThat(Desk.difference(after, before)).isEmpty();
  }

  @Test
  void theOrderOfFilesDoesNotMatter() throws IOException {
    Desk inOrder = new Desk(home.resolve("a"));
    inOrder.run(SAMPLE);
    for (long seed = 1; seed <= 3; seed++) {
      List<Path> files = new ArrayList<>(files());
      Collections.shuffle(files, new Random(seed));
      Desk shuffled = new Desk(home.resolve("b" + seed));
      for (Path file : files) {
        if (Files.size(file) > 0) {
          shuffled.run(file);
        }
      }
      assertThat(Desk.difference(shuffled.content(), inOrder.content()))
          .as("seed %d", seed)
          .isEmpty();
    }
  }

  @Test
  void everyCutOfAFileIntoTwoImportsGivesTheSame() throws IOException {
    Path file = SAMPLE.resolve("reliability/coverage-test-fix.jsonl");
    Desk whole = new Desk(home.resolve("whole"));
    whole.run(file);
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(7);
    for (int round = 0; round < 40; round++) {
      int cut = 1 + random.nextInt(bytes.length - 1);
      Desk desk = new Desk(home.resolve("cut" + round));
      Path growing = desk.file("t.jsonl", java.util.Arrays.copyOf(bytes, cut));
      if (contains(bytes, cut, '\n')) {
        desk.run(growing);
      }
      Files.write(growing, bytes);
      desk.run(growing);
      assertThat(Desk.difference(desk.content(), whole.content()))
          .as("seed 7, cut at %d", cut)
          .isEmpty();
      assertThat(desk.setAside()).isEmpty();
    }
  }

  private static boolean contains(byte[] bytes, int to, char wanted) {
    for (int i = 0; i < to; i++) {
      if (bytes[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLE)) {
      return files.filter(path -> path.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  private static SlowTruth.Counts counted(Desk desk, ImportReport report) {
    List<Event> calls = desk.events("tool_call");
    long failed = calls.stream().filter(c -> Boolean.FALSE.equals(c.get(Field.SUCCESS))).count();
    long open = calls.stream().filter(c -> c.get(Field.SUCCESS) == null).count();
    long output =
        desk.events("model_call").stream()
            .mapToLong(call -> number(call.details(), "output_tokens"))
            .sum();
    return new SlowTruth.Counts((int) report.sessions(), calls.size(), 18, failed, open, output);
  }

  private static long number(Map<String, ?> details, String key) {
    return ((Number) Objects.requireNonNull(details.get(key))).longValue();
  }
}
