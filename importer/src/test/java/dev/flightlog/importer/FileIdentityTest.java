package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can happen to a followed file: nothing is lost, nothing comes twice. */
class FileIdentityTest {
  @TempDir Path home;
  private Desk desk;
  private Path in;

  @BeforeEach
  void open() {
    desk = new Desk(home);
    in = home.resolve("in");
  }

  @Test
  void aRotatedFileIsFollowedUnderBothNames() throws IOException {
    Path log = desk.file("a.jsonl", Desk.lines(0, 10));
    desk.run(in);
    append(log, Desk.lines(10, 12));
    Files.move(log, in.resolve("a.1.jsonl"));
    desk.file("a.jsonl", Desk.lines(12, 20));

    desk.run(in);

    assertThat(desk.numbers()).isEqualTo(upTo(20));
  }

  @Test
  void aFileThatWasCopiedAndTruncatedIsReadAnew() throws IOException {
    Path log = desk.file("a.jsonl", Desk.lines(0, 10));
    desk.run(in);
    Files.copy(log, in.resolve("a.1.jsonl"));
    Files.writeString(log, Desk.lines(10, 13));

    desk.run(in);

    assertThat(desk.numbers()).isEqualTo(upTo(13));
  }

  @Test
  void aFileTruncatedAndGrownBeyondItsOldLengthIsReadAnew() throws IOException {
    Path log = desk.file("a.jsonl", Desk.lines(0, 5));
    desk.run(in);
    Files.writeString(log, Desk.lines(5, 25));

    desk.run(in);

    assertThat(desk.numbers()).isEqualTo(upTo(25));
  }

  @Test
  void aDeletedAndRemadeFileIsReadAnew() throws IOException {
    Path log = desk.file("a.jsonl", Desk.lines(0, 5));
    desk.run(in);
    for (int round = 1; round < 6; round++) {
      Files.delete(log);
      desk.file("a.jsonl", Desk.lines(round * 5, round * 5 + 5));
      desk.run(in);
    }

    assertThat(desk.numbers()).isEqualTo(upTo(30));
  }

  @Test
  void filesThatBeginAlikeAreDifferentFiles() {
    String head = Desk.lines(0, 60);
    desk.file("a.jsonl", head + Desk.line(60));
    desk.file("b.jsonl", head + Desk.line(61));

    desk.run(in);

    assertThat(desk.numbers()).isEqualTo(upTo(62));
  }

  @Test
  void theSmallestFilesAreReadToo() {
    String one = Desk.line(0);
    desk.file("a.jsonl", one);
    desk.file("b.jsonl", Desk.line(1).strip());
    desk.file("c.jsonl", padded(2, 1023));
    desk.file("d.jsonl", padded(3, 1024));
    desk.file("e.jsonl", padded(4, 1025));

    desk.run(in);

    assertThat(desk.numbers()).isEqualTo(upTo(5));
  }

  @Test
  void emptyFilesAreNotOneFile() throws IOException {
    Path a = desk.file("a.jsonl", "");
    Path b = desk.file("b.jsonl", "");
    desk.file("c.jsonl", Desk.line(0));
    desk.run(in);
    Files.writeString(a, Desk.line(1));
    Files.writeString(b, Desk.line(2));

    desk.run(in);

    assertThat(desk.numbers()).isEqualTo(upTo(3));
  }

  @Test
  void theGzipOfAnImportedFileAddsNothing() throws IOException {
    Path log = desk.file("a.jsonl", Desk.lines(0, 10));
    desk.run(in);
    desk.file("a.jsonl.gz", gzip(Desk.lines(0, 10)));
    Files.delete(log);

    assertThat(desk.run(in).imported()).isZero();
    assertThat(desk.numbers()).isEqualTo(upTo(10));
  }

  @Test
  void aGzipOfManyMembersIsReadToItsEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(gzip(Desk.lines(0, 4)));
    all.write(gzip(Desk.lines(4, 9)));
    desk.file("a.jsonl.gz", all.toByteArray());

    desk.run(in);

    assertThat(desk.numbers()).isEqualTo(upTo(9));
  }

  @Test
  void hardAndSymbolicLinksAreReadOnce() throws IOException {
    Path log = desk.file("a.jsonl", Desk.lines(0, 10));
    Files.createLink(in.resolve("hard.jsonl"), log);
    Files.createSymbolicLink(in.resolve("soft.jsonl"), log);
    Files.createSymbolicLink(in.resolve("loop"), in);

    ImportReport report = desk.run(in);

    assertThat(report.lines()).isEqualTo(10);
    assertThat(desk.numbers()).isEqualTo(upTo(10));
  }

  @Test
  void whatWasSetAsideIsNotReadAsASource() {
    desk.file("a.jsonl", Desk.lines(0, 3) + "{torn\n");
    desk.run(home);
    assertThat(desk.setAside()).hasSize(1);
    desk.skipped.clear();

    assertThat(desk.run(home).lines()).isZero();
    assertThat(desk.skipped)
        .noneMatch(each -> each.contains("quarantine") || each.contains("torn"));
  }

  @Test
  void aRestoredFileAddsNothing() throws IOException {
    Path log = desk.file("a.jsonl", Desk.lines(0, 10));
    desk.run(in);
    byte[] content = Files.readAllBytes(log);
    Files.delete(log);
    desk.run(desk.file("other.jsonl", Desk.line(10)));
    Files.write(log, content);

    desk.run(in);

    assertThat(desk.numbers()).isEqualTo(upTo(11));
  }

  @Test
  void otherContentOfTheSameSizeAndTimeIsNoticed() throws IOException {
    Path log = desk.file("a.jsonl", Desk.lines(10, 20));
    FileTime time = Files.getLastModifiedTime(log);
    desk.run(in);
    Files.writeString(log, Desk.lines(20, 30));
    Files.setLastModifiedTime(log, time);

    desk.run(in);

    assertThat(desk.numbers()).isEqualTo(IntStream.range(10, 30).boxed().toList());
  }

  @Test
  void aLastLineThatIsCompletedLaterComesOnce() throws IOException {
    String last = Desk.line(1);
    Path log = desk.file("a.jsonl", Desk.line(0) + last.substring(0, 30));
    desk.run(in);
    assertThat(desk.numbers()).isEqualTo(upTo(1));
    append(log, last.substring(30, last.length() - 1));
    desk.run(in);
    assertThat(desk.numbers()).isEqualTo(upTo(2));
    append(log, "\n" + Desk.line(2).substring(0, 30));
    desk.run(in);
    append(log, Desk.line(2).substring(30));

    ImportReport report = desk.run(in);

    assertThat(desk.numbers()).isEqualTo(upTo(3));
    assertThat(desk.setAside()).isEmpty();
    // Only what was new is read: what stands before it is known by its last bytes.
    assertThat(report.lines()).isEqualTo(1);
    assertThat(report.duplicates()).isZero();
  }

  @Test
  void aTimeInThePastDoesNotHideGrowth() throws IOException {
    Path log = desk.file("a.jsonl", Desk.lines(0, 5));
    desk.run(in);
    append(log, Desk.lines(5, 8));
    Files.setLastModifiedTime(log, FileTime.fromMillis(0));

    desk.run(in);

    assertThat(desk.numbers()).isEqualTo(upTo(8));
  }

  @Test
  void aFileWithoutChangeIsNotOpened() {
    desk.file("a.jsonl", Desk.lines(0, 5));
    desk.run(in);

    assertThat(desk.run(in).lines()).isZero();
  }

  private static List<Integer> upTo(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private static String padded(int number, int length) {
    String line = Desk.line(number).strip();
    return line + " ".repeat(length - 1 - line.length()) + "\n";
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
