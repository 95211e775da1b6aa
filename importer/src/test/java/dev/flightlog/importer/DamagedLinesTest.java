package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.formats.Formats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedLinesTest {
  @TempDir Path home;

  @Test
  void aTornLineIsSetAsideAndItsNeighboursSurvive() {
    Desk desk = new Desk(home);
    String torn = Desk.line(1).substring(0, 40);

    ImportReport report =
        desk.run(desk.file("a.jsonl", Desk.line(0) + torn + " \t\r\n" + Desk.line(2)));

    assertThat(desk.numbers()).containsExactly(0, 2);
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(desk.setAside()).hasSize(1);
    assertThat(desk.setAside().getFirst())
        .contains("\"offset\":" + Desk.line(0).length())
        .contains("\"length\":40")
        .contains("\"reason\":\"not a complete record\"")
        .contains("2026-01-01");
  }

  @Test
  void objectsGluedOnOneLineAreEachImported() {
    Desk desk = new Desk(home);

    ImportReport report =
        desk.run(desk.file("a.jsonl", Desk.line(0).strip() + Desk.line(1) + Desk.line(2)));

    assertThat(desk.numbers()).containsExactly(0, 1, 2);
    assertThat(report.quarantined()).isZero();
  }

  @Test
  void aLineGluedBehindATornOneSurvives() {
    Desk desk = new Desk(home);
    String torn = Desk.line(1).substring(0, 60);

    ImportReport report = desk.run(desk.file("a.jsonl", Desk.line(0) + torn + Desk.line(2)));

    assertThat(desk.numbers()).containsExactly(0, 2);
    assertThat(report.quarantined()).isEqualTo(1);
  }

  @Test
  void zeroBytesBeforeALineAreSetAsideAlone() {
    Desk desk = new Desk(home);

    ImportReport report = desk.run(desk.file("a.jsonl", Desk.line(0) + "\0\0\0" + Desk.line(1)));

    assertThat(desk.numbers()).containsExactly(0, 1);
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(desk.setAside().getFirst()).contains("\"length\":3");
  }

  @Test
  void aPartOfATornEventIsNoEvent() {
    Desk desk = new Desk(home);
    String inner = Desk.line(7).strip();

    desk.run(desk.file("a.jsonl", Desk.line(0) + "{\"wrapped\":[" + inner + ",\n"));

    assertThat(desk.numbers()).containsExactly(0);
    assertThat(desk.setAside()).hasSize(1);
  }

  @Test
  void aFileTornAtAnyByteOfItsLastLineLosesNothing() throws IOException {
    String whole = Desk.line(0) + Desk.line(1);
    for (int cut = Desk.line(0).length(); cut <= whole.length(); cut++) {
      Desk desk = new Desk(home.resolve("cut" + cut));
      Path file = desk.file("a.jsonl", whole.substring(0, cut));
      desk.run(file);
      boolean complete = cut >= whole.length() - 1;
      assertThat(desk.numbers()).as("cut %d", cut).hasSize(complete ? 2 : 1);
      Files.writeString(file, whole.substring(cut), StandardOpenOption.APPEND);
      desk.run(file);
      assertThat(desk.numbers()).as("cut %d", cut).containsExactly(0, 1);
      assertThat(desk.setAside()).isEmpty();
    }
  }

  @Test
  void aTornLastLineWaitsUntilTheDayOfItsJournalIsOver() throws IOException {
    Desk desk = new Desk(home).at("2026-01-01T12:00:00Z");
    Path file = desk.file("story_s_20260101.jsonl", Desk.line(0) + "{\"timestamp\":\"2026");
    assertThat(desk.run(file).quarantined()).isZero();
    assertThat(desk.run(file).quarantined()).isZero();

    desk.at("2026-01-02T00:00:01Z");

    assertThat(desk.run(file).quarantined()).isEqualTo(1);
    assertThat(desk.run(file).quarantined()).isZero();
    assertThat(desk.setAside()).hasSize(1);
  }

  @Test
  void aCutOffGzipGivesWhatItHeldAndSaysSo() throws IOException {
    Desk desk = new Desk(home);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      text.append(Desk.line(i).replace("note", "note_" + (char) ('a' + random.nextInt(26))));
    }
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);

    desk.run(desk.file("a.jsonl.gz", cut));

    assertThat(desk.events()).hasSizeBetween(500, 1500);
    assertThat(desk.skipped).singleElement().asString().contains("damaged or cut off");
  }

  @Test
  void aDocumentThatIsMendedLaterLeavesNothingInQuarantine() throws IOException {
    Desk desk =
        new Desk(home)
            .with(ImportOptions.defaults().as(Objects.requireNonNull(Formats.of("trajectory"))));
    byte[] whole = Files.readAllBytes(Desk.sample("trajectory/github_issue.traj.json"));
    byte[] damaged = Arrays.copyOf(whole, whole.length + 1);
    damaged[whole.length] = '!';
    desk.run(desk.file("a.traj.json", damaged));
    assertThat(desk.setAside()).hasSize(1);
    assertThat(desk.events()).isEmpty();

    desk.run(desk.file("a.traj.json", whole));

    assertThat(desk.events()).isNotEmpty();
    assertThat(desk.setAside()).isEmpty();
  }

  @Test
  void hostileLinesAreSetAside() {
    Desk desk = new Desk(home);
    String deep = "{\"a\":".repeat(300) + "1" + "}".repeat(300) + "\n";
    String number = "{\"timestamp\":" + "9".repeat(2000) + "}\n";
    String noObject = "[1,2,3]\n\"text\"\n42\n";
    String bytes = "\u0001\u0002}{\n";

    ImportReport report =
        desk.run(
            desk.file("a.jsonl", Desk.line(0) + deep + number + noObject + bytes + Desk.line(1)));

    assertThat(desk.numbers()).containsExactly(0, 1);
    assertThat(report.quarantined()).isEqualTo(6);
    assertThat(report.lines()).isEqualTo(8);
  }

  @Test
  void theSamePieceIsSetAsideOnceHoweverOftenItIsRead() throws IOException {
    Desk desk = new Desk(home);
    String text = Desk.line(0) + "{torn\n";
    desk.run(desk.file("a.jsonl", text));
    desk.run(desk.file("b.jsonl", text));
    Path quarantined = Files.list(desk.quarantine).toList().getFirst();
    String kept = Files.readString(quarantined);
    Files.writeString(quarantined, kept + kept.substring(0, 25));

    desk.run(desk.file("c.jsonl", text));

    assertThat(Files.readString(quarantined)).isEqualTo(kept);
  }

  /** Every byte of a file is in a row or in quarantine: nothing is lost, nothing counted twice. */
  @Test
  void everyByteOfASplicedFileIsInARowOrInQuarantine() throws IOException {
    long seed = 20260101;
    Random random = new Random(seed);
    for (int round = 0; round < 150; round++) {
      byte[] bytes = spliced(random);
      Desk desk = new Desk(home.resolve("r" + round)).at("2030-01-01T00:00:00Z");
      desk.run(desk.file("a.jsonl", bytes));
      long inRows = desk.events().stream().mapToLong(event -> Desk.line(10).length() - 1L).sum();
      long aside = desk.setAside().stream().mapToLong(line -> number(line, "\"length\":")).sum();
      long accounted = inRows + aside;
      assertThat(accounted)
          .as("seed %d, round %d: %s", seed, round, new String(bytes, StandardCharsets.ISO_8859_1))
          .isEqualTo(withoutSpace(bytes));
    }
  }

  /** Good lines, always whole first, then damaged in places without white space or braces. */
  private static byte[] spliced(Random random) {
    StringBuilder text = new StringBuilder(Desk.line(10));
    for (int i = 11; i < 30; i++) {
      String line = Desk.line(i);
      switch (random.nextInt(6)) {
        case 0 -> text.append(line, 0, 1 + random.nextInt(line.length() - 2)).append('\n');
        case 1 -> text.append(line, 0, 1 + random.nextInt(line.length() - 2));
        case 2 -> text.append(line.strip());
        case 3 -> text.append("\0".repeat(1 + random.nextInt(5))).append(line);
        default -> text.append(line);
      }
    }
    return text.append('\n').append(Desk.line(30)).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static long withoutSpace(byte[] bytes) {
    return IntStream.range(0, bytes.length).filter(i -> bytes[i] != '\n').count();
  }

  private static long number(String line, String key) {
    int from = line.indexOf(key) + key.length();
    return Long.parseLong(line.substring(from, line.indexOf(',', from)));
  }

  @Test
  void mutatedTranscriptsNeverStopAnImport() throws IOException {
    byte[] good = Files.readAllBytes(Desk.sample("claude/reliability/hello-world-script.jsonl"));
    long seed = 42;
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = good.clone();
      for (int i = 0; i < 1 + random.nextInt(20); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Desk desk =
          new Desk(home.resolve("m" + round))
              .with(ImportOptions.defaults().as(Formats.CLAUDE_TRANSCRIPT));
      desk.run(desk.file("a.jsonl", bytes));
      List<String> first = desk.setAside();
      desk.run(desk.file("b.jsonl", bytes));
      assertThat(desk.setAside()).as("seed %d, round %d", seed, round).isEqualTo(first);
    }
  }
}
