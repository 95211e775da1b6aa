package dev.flightlog.importer.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.Formats;
import dev.flightlog.importer.bytes.FileMark.Stamp;
import dev.flightlog.store.Append;
import dev.flightlog.store.Mark;
import dev.flightlog.stores.memory.MemoryStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a look at files takes for known without reading it. */
class FileMarksTest {
  private static final Stamp STAMP = new Stamp(1_000, 17, 23);

  private final MemoryStore store = new MemoryStore();
  private final Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));

  @Test
  void aFileThatWasReadToItsEndAndHasNotChangedIsWhole() {
    Path file = Path.of("/in/a.jsonl");
    keep(file.toString(), STAMP, false);

    assertThat(marks().isWhole(file, STAMP, null)).isTrue();
    assertThat(marks().isWhole(file, STAMP, Formats.JOURNAL)).isTrue();
  }

  @Test
  void aFileIsNotWholeThatChangedOrWaitsForTheEndOfALineOrIsReadOtherwise() {
    Path file = Path.of("/in/a.jsonl");
    keep(file.toString(), STAMP, false);
    Path half = Path.of("/in/half.jsonl");
    keep(half.toString(), STAMP, true);

    assertThat(marks().isWhole(file, new Stamp(1_001, 17, 23), null)).isFalse();
    assertThat(marks().isWhole(file, new Stamp(1_000, 18, 23), null)).isFalse();
    assertThat(marks().isWhole(file, new Stamp(1_000, 17, 24), null)).isFalse();
    assertThat(marks().isWhole(file, STAMP, Formats.TASK_DB)).isFalse();
    assertThat(marks().isWhole(half, STAMP, null)).isFalse();
    assertThat(marks().isWhole(Path.of("/in/other.jsonl"), STAMP, null)).isFalse();
  }

  @Test
  void aFileWhosePathHoldsASecretIsKnownByItsRedactedName() {
    Path file = Path.of("/in/sk-ant-api03-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGh/a.jsonl");
    FileMarks marks = marks();
    String name = marks.name(file);
    assertThat(name).contains("[redacted:");
    keep(name, STAMP, false);

    FileMark mark = Objects.requireNonNull(marks.of(file));

    assertThat(marks.isWhole(file, STAMP, null)).isFalse();
    marks.whole(file, mark);
    assertThat(marks.isWhole(file, STAMP, null)).isTrue();
  }

  @Test
  void manyFilesAreKnownLikeFew() {
    List<Path> files =
        IntStream.range(0, 100).mapToObj(i -> Path.of("/in/" + i + ".jsonl")).toList();
    files.forEach(file -> keep(file.toString(), STAMP, false));
    FileMarks marks = marks();

    assertThat(files).allMatch(file -> marks.isWhole(file, STAMP, null));
  }

  private FileMarks marks() {
    FileMarks marks = new FileMarks(store, redactor);
    marks.begin();
    return marks;
  }

  private void keep(String name, Stamp stamp, boolean pending) {
    FileMark mark =
        new FileMark(
            stamp,
            Formats.JOURNAL,
            "00ff",
            4,
            900,
            "ff00",
            4,
            pending,
            0,
            Map.of(),
            Map.of(),
            Map.of());
    String text = FileMark.encode(mark, _ -> {});
    store.append(new Append(new EventBatch(), List.of(new Mark(FileMarks.PREFIX + name, text))));
  }
}
