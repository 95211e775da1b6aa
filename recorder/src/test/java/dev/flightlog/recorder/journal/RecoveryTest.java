package dev.flightlog.recorder.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every state in which a kill can leave a ring and its journal, made by hand. */
class RecoveryTest {
  private static final int CAPACITY = 64 * 1024;
  private static final String JOURNAL = "story_a_20260201.jsonl";
  private static final String OTHER = "story_b_20260201.jsonl";
  private static final String EXISTING = "{\"id\":\"earlier\"}\n";

  @TempDir Path home;

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(Ring.HEADER + CAPACITY);
  private final Ring ring = Ring.fresh(bytes, CAPACITY);

  private static String line(int i) {
    return "{\"id\":\"" + i + "\",\"text\":\"" + "é".repeat(i % 7) + "\"}";
  }

  private void put(String journal, String line) {
    byte[] text = line.getBytes(StandardCharsets.UTF_8);
    assertThat(ring.put(journal.getBytes(StandardCharsets.US_ASCII), text, 0, text.length))
        .isPositive();
  }

  private void save() throws IOException {
    Files.createDirectories(home.resolve(".ring"));
    byte[] all = new byte[bytes.capacity()];
    bytes.get(0, all);
    Files.write(home.resolve(".ring/gone-1.ring"), all);
  }

  private List<String> journal(String name) throws IOException {
    return Files.readString(home.resolve(name)).lines().toList();
  }

  private Recovery recover() {
    Recovery recovery = Recovery.of(home);
    assertThat(recovery.problems()).isEmpty();
    assertThat(home.resolve(".ring")).isEmptyDirectory();
    return recovery;
  }

  @Test
  void whatADeadProcessLeftIsBroughtIntoItsJournalsInOrder() throws IOException {
    for (int i = 0; i < 10; i++) {
      put(i % 2 == 0 ? JOURNAL : OTHER, line(i));
    }
    save();
    assertThat(recover().events()).isEqualTo(10);
    assertThat(journal(JOURNAL)).containsExactly(line(0), line(2), line(4), line(6), line(8));
    assertThat(journal(OTHER)).containsExactly(line(1), line(3), line(5), line(7), line(9));
    assertThat(Recovery.of(home).events()).isZero();
  }

  @Test
  void aWriteCutAfterAnyByteIsCompletedAndNothingIsThereTwice() throws IOException {
    for (int i = 0; i < 5; i++) {
      put(JOURNAL, line(i));
    }
    intend();
    String whole = String.join("\n", IntStream.range(0, 5).mapToObj(RecoveryTest::line).toList());
    byte[] text = (whole + "\n").getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= text.length; cut++) {
      save();
      byte[] existing = EXISTING.getBytes(StandardCharsets.UTF_8);
      byte[] torn = Arrays.copyOf(existing, existing.length + cut);
      System.arraycopy(text, 0, torn, existing.length, cut);
      Files.write(home.resolve(JOURNAL), torn);
      recover();
      List<String> lines = new ArrayList<>(ofBytes(home.resolve(JOURNAL)));
      lines.removeIf(String::isEmpty);
      for (int i = 0; i < 5; i++) {
        String expected = line(i);
        assertThat(lines).as("cut after %d", cut).filteredOn(expected::equals).hasSize(1);
      }
      assertThat(lines).as("cut after %d", cut).hasSizeBetween(6, 7);
    }
  }

  private static List<String> ofBytes(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
  }

  /** Notes that everything in the ring is about to be written behind the existing line. */
  private void intend() throws IOException {
    Batch batch = new Batch(ring);
    try {
      assertThat(batch.collect(ring.tail(), false)).isTrue();
    } catch (DamagedRingException e) {
      throw new AssertionError(e);
    }
    batch.parts().forEach(part -> part.sizeBefore = EXISTING.length());
    Intent.write(ring, batch);
  }

  @Test
  void linesOfOtherProcessesBehindTheTornOneStay() throws IOException {
    put(JOURNAL, line(1));
    put(JOURNAL, line(2));
    intend();
    save();
    String other = "{\"id\":\"other\"}";
    Files.writeString(
        home.resolve(JOURNAL), EXISTING + line(1) + "\n" + line(2).substring(0, 9) + "\n" + other);
    recover();
    assertThat(journal(JOURNAL))
        .containsExactly(EXISTING.strip(), line(1), line(2).substring(0, 9), other, line(2));
  }

  @Test
  void aJournalThatWasReplacedMeanwhileIsReadFromItsStart() throws IOException {
    put(JOURNAL, line(1));
    put(JOURNAL, line(2));
    intend();
    save();
    Files.writeString(home.resolve(JOURNAL), line(2) + "\n");
    recover();
    assertThat(journal(JOURNAL)).containsExactly(line(2), line(1));
  }

  @Test
  void whatWasNeverFinishedIsPassedOver() throws IOException {
    put(JOURNAL, line(1));
    long claimed = ring.tail();
    put(JOURNAL, line(2));
    put(JOURNAL, line(3));
    int at = Ring.HEADER + (int) claimed;
    long header = bytes.getLong(at);
    bytes.putLong(at, -Ring.room(header));
    save();
    recover();
    assertThat(journal(JOURNAL)).containsExactly(line(1), line(3));
    // Claimed, and killed before even that was noted: its room is all zeros.
    bytes.put(at, new byte[Ring.room(header)]);
    Files.delete(home.resolve(JOURNAL));
    save();
    recover();
    assertThat(journal(JOURNAL)).containsExactly(line(1), line(3));
  }

  @Test
  void aKillBetweenTakingAndClearingRepeatsNothing() throws IOException {
    put(JOURNAL, line(1));
    intend();
    long first = ring.tail();
    put(JOURNAL, line(2));
    // The journals have the first line; its bytes in the ring were not cleared yet.
    ring.consumed(first);
    Files.writeString(home.resolve(JOURNAL), line(1) + "\n");
    save();
    recover();
    assertThat(journal(JOURNAL)).containsExactly(line(1), line(2));
  }

  @Test
  void aBitFlippedInACounterOfTheRingLosesNothingThatWasAccepted() throws Exception {
    for (int counter : new int[] {128, 256}) {
      for (int bit = 0; bit < 64; bit++) {
        for (int taken : new int[] {0, 1, 300}) {
          RecoveryTest one = new RecoveryTest();
          one.home = Files.createDirectories(home.resolve(counter + "-" + bit + "-" + taken));
          one.recoversInSpiteOf(counter, bit, taken);
        }
      }
    }
  }

  /** Some lines were taken, five more accepted, then a bit of a counter is flipped. */
  private void recoversInSpiteOf(int counter, int bit, int taken) throws Exception {
    JournalFiles files = new JournalFiles(home);
    Drain drain = new Drain(ring, files, lines -> {}, () -> {});
    for (int i = 0; i < taken; i++) {
      put(JOURNAL, line(i));
      if (i % 3 == 0) {
        drain.step();
      }
    }
    while (drain.step()) {
      assertThat(ring.isEmpty()).isTrue();
    }
    files.close();
    for (int i = 0; i < 5; i++) {
      put(OTHER, line(i));
    }
    int at = counter + bit / 8;
    bytes.put(at, (byte) (bytes.get(at) ^ 1 << bit % 8));
    save();
    Recovery.of(home);
    List<String> expected = IntStream.range(0, 5).mapToObj(RecoveryTest::line).toList();
    String where = "counter at " + counter + ", bit " + bit + ", taken " + taken;
    assertThat(journal(OTHER)).as(where).containsExactlyInAnyOrderElementsOf(expected);
    if (taken > 0) {
      assertThat(journal(JOURNAL)).as(where).hasSize(taken);
    }
    assertThat(home.resolve(".ring")).as(where).isEmptyDirectory();
  }

  @Test
  void aRingOfAnEarlierVersionIsRecovered() throws IOException {
    put(JOURNAL, line(1));
    put(JOURNAL, line(2));
    bytes.putLong(0, 0x31474e49524c46L);
    save();
    recover();
    assertThat(journal(JOURNAL)).containsExactly(line(1), line(2));
  }

  @Test
  void aRingThatHasGoneRoundManyTimesIsRecovered() throws Exception {
    JournalFiles files = new JournalFiles(home);
    Drain drain = new Drain(ring, files, lines -> {}, () -> {});
    List<String> expected = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      String line = line(i).replace("\"}", "x".repeat(random.nextInt(300)) + "\"}");
      put(JOURNAL, line);
      expected.add(line);
      if (random.nextInt(40) == 0) {
        while (drain.step()) {
          assertThat(ring.isEmpty()).isTrue();
        }
      }
    }
    files.close();
    save();
    recover();
    assertThat(journal(JOURNAL)).isEqualTo(expected);
  }

  @Test
  void aRingWhoseHeadIsDamagedGivesAllItsRecordsAndTellsOfIt() throws IOException {
    for (int at : new int[] {0, 3, 8, 11, 132, 260}) {
      for (int bit = 0; bit < 8; bit++) {
        ByteBuffer zeros = ByteBuffer.allocateDirect(Ring.HEADER + CAPACITY);
        bytes.put(0, zeros, 0, zeros.capacity());
        Ring fresh = Ring.fresh(bytes, CAPACITY);
        for (int i = 0; i < 5; i++) {
          byte[] text = line(i).getBytes(StandardCharsets.UTF_8);
          fresh.put(JOURNAL.getBytes(StandardCharsets.US_ASCII), text, 0, text.length);
        }
        bytes.put(at, (byte) (bytes.get(at) ^ 1 << bit));
        save();
        Files.deleteIfExists(home.resolve(JOURNAL));
        List<String> problems = Recovery.of(home).problems();
        String where = "byte " + at + ", bit " + bit + ": " + problems;
        assertThat(home.resolve(".ring")).isEmptyDirectory();
        assertThat(journal(JOURNAL)).as(where).hasSize(5);
      }
    }
  }

  @Test
  void aBitFlippedInTheHeadOfARecordCostsAtMostThatRecordAndIsTold() throws IOException {
    for (int i = 0; i < 9; i++) {
      put(JOURNAL, line(i));
    }
    byte[] whole = new byte[bytes.capacity()];
    bytes.get(0, whole);
    long fourth = 0;
    for (int i = 0; i < 4; i++) {
      fourth += Ring.room(ring.header(fourth));
    }
    for (int bit = 0; bit < 64; bit++) {
      bytes.put(0, whole);
      int at = Ring.HEADER + (int) fourth + bit / 8;
      bytes.put(at, (byte) (bytes.get(at) ^ 1 << bit % 8));
      save();
      Files.deleteIfExists(home.resolve(JOURNAL));
      deleteQuarantine();
      Recovery recovery = Recovery.of(home);
      List<String> lines = journal(JOURNAL);
      assertThat(lines).as("bit %d", bit).hasSizeBetween(8, 9);
      assertThat(lines)
          .containsAll(
              IntStream.range(0, 9).filter(i -> i != 4).mapToObj(RecoveryTest::line).toList());
      if (lines.size() == 9) {
        // Two bits of the head mean nothing.
        assertThat(bit).isBetween(30, 31);
        continue;
      }
      assertThat(recovery.problems()).as("bit %d", bit).hasSize(1);
      String aside = Files.readString(home.resolve("quarantine/gone-1.ring.jsonl"));
      assertThat(aside.lines()).as("bit %d", bit).hasSize(1);
      assertThat(aside).contains("damaged record").contains("\"source\":\".ring/gone-1.ring\"");
    }
  }

  @Test
  void aDamagedNameOfAJournalLeadsNowhereElse() throws IOException {
    for (int i = 0; i < 9; i++) {
      put(JOURNAL, line(i));
    }
    byte[] whole = new byte[bytes.capacity()];
    bytes.get(0, whole);
    for (String wrong : List.of("../", "x/", "..", "a\n", "S")) {
      bytes.put(0, whole);
      bytes.put(ring.nameAt(0), wrong.getBytes(StandardCharsets.US_ASCII));
      save();
      Files.deleteIfExists(home.resolve(JOURNAL));
      deleteQuarantine();
      Recovery recovery = Recovery.of(home);
      assertThat(journal(JOURNAL)).as(wrong).hasSize(8);
      assertThat(recovery.problems()).as(wrong).hasSize(1);
      assertThat(home.resolve("quarantine/gone-1.ring.jsonl")).as(wrong).exists();
      try (Stream<Path> files = Files.list(home)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .as(wrong)
            .containsOnly(JOURNAL, ".ring", "quarantine");
      }
    }
  }

  @Test
  void theRingOfAnotherProcessThatLivesIsLeftAlone() throws Exception {
    put(JOURNAL, line(0));
    save();
    Process owner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RingOwner.class.getName(),
                home.resolve(".ring/gone-1.ring").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader told = owner.inputReader()) {
      assertThat(told.readLine()).isEqualTo("locked");
      Recovery recovery = Recovery.of(home);
      assertThat(recovery.rings()).isZero();
      assertThat(recovery.problems()).isEmpty();
      assertThat(home.resolve(JOURNAL)).doesNotExist();
      assertThat(home.resolve(".ring/gone-1.ring")).exists();
    } finally {
      owner.destroyForcibly().waitFor();
    }
    assertThat(recover().rings()).isEqualTo(1);
    assertThat(journal(JOURNAL)).hasSize(1);
  }

  @Test
  void aRingThatWasCutGivesTheRecordsItStillHas() throws IOException {
    for (int i = 0; i < 9; i++) {
      put(JOURNAL, line(i));
    }
    save();
    Path file = home.resolve(".ring/gone-1.ring");
    byte[] head = Arrays.copyOf(Files.readAllBytes(file), Ring.HEADER + (int) ring.tail() / 2);
    Files.write(file, head);
    Recovery recovery = Recovery.of(home);
    assertThat(recovery.events()).isBetween(3, 5);
    assertThat(recovery.problems()).isNotEmpty();
    assertThat(home.resolve("quarantine/gone-1.ring.jsonl")).exists();
    assertThat(home.resolve(".ring")).isEmptyDirectory();
  }

  private void deleteQuarantine() throws IOException {
    dev.flightlog.event.files.FileTree.delete(home.resolve("quarantine"));
  }

  @Test
  void aDamagedRingIsSetAsideAndStopsNothing() throws IOException {
    long seed = Long.getLong("flightlog.seed", System.nanoTime());
    System.out.println("seed: -Dflightlog.seed=" + seed + " (damaged rings)");
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      put(JOURNAL, line(i));
    }
    byte[] whole = new byte[bytes.capacity()];
    bytes.get(0, whole);
    Files.createDirectories(home.resolve(".ring"));
    for (int round = 0; round < 500; round++) {
      byte[] damaged =
          random.nextInt(10) == 0
              ? Arrays.copyOf(whole, random.nextInt(whole.length))
              : whole.clone();
      for (int flips = random.nextInt(20); flips >= 0 && damaged.length > 0; flips--) {
        int at =
            random.nextInt(
                random.nextBoolean() ? damaged.length : Math.min(10_000, damaged.length));
        damaged[at] = (byte) random.nextInt();
      }
      Files.write(home.resolve(".ring/gone-" + round + ".ring"), damaged);
      Recovery.of(home);
      assertThat(home.resolve(".ring")).isEmptyDirectory();
    }
    try (Stream<Path> files = Files.list(home)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .allMatch(name ->
              JournalFiles.isJournalName(name)
                  || name.equals(".ring")
                  || name.equals("quarantine"));
    }
  }
}
