package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is no file, or cannot be read, costs itself, is told, and stops nobody. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OddFilesTest {
  @TempDir Path home;

  @Test
  void aFolderNamedLikeAJournalIsReadAsAFolder() throws IOException {
    Desk desk = new Desk(home);
    Path good = desk.file("good.jsonl", Desk.line(1));
    Path folder = Files.createDirectories(home.resolve("in/story_x_20260101.jsonl"));

    desk.run(good, folder);

    assertThat(desk.numbers()).containsExactly(1);
  }

  @Test
  void aLinkToNowhereIsToldAndItsNeighbourIsRead() throws IOException {
    Desk desk = new Desk(home);
    Path good = desk.file("good.jsonl", Desk.line(1));
    Path link = Files.createSymbolicLink(home.resolve("in/l.jsonl"), Path.of("/nowhere/x"));

    desk.run(link, good);

    assertThat(desk.numbers()).containsExactly(1);
    assertThat(desk.skipped).singleElement().asString().contains("There is no file or folder");
  }

  @Test
  void aLinkThatLeadsBackIsToldInWordsAndWhatStandsBesideItIsRead() throws IOException {
    Desk desk = new Desk(home);
    desk.file("good.jsonl", Desk.line(1));
    Files.createSymbolicLink(home.resolve("in/back"), Path.of(".."));

    desk.run(home.resolve("in"));

    assertThat(desk.numbers()).containsExactly(1);
    assertThat(desk.skipped)
        .anySatisfy(told -> assertThat(told).contains("a link to a folder in which it stands"));
  }

  @Test
  void aPipeIsNeverOpened() throws Exception {
    Desk desk = new Desk(home);
    Path good = desk.file("good.jsonl", Desk.line(1));
    Path pipe = home.resolve("in/p.jsonl");
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertThat(mkfifo.waitFor()).isZero();

    desk.run(pipe, good);
    desk.run(home.resolve("in"));

    assertThat(desk.numbers()).containsExactly(1);
    assertThat(desk.skipped).first().asString().contains("neither a file nor a folder");
  }

  @Test
  void whatIsNamedAloneAndIsNotThereIsAnError() {
    Desk desk = new Desk(home);

    assertThatThrownBy(() -> desk.run(home.resolve("nothing.jsonl")))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("There is no file or folder");
  }

  @Test
  void aFileThatOnlyBeginsAsGzipIsToldAndItsNeighbourIsRead() {
    Desk desk = new Desk(home);
    Path good = desk.file("good.jsonl", Desk.line(1));
    Path bad = desk.file("bad.jsonl.gz", new byte[] {0x1f, (byte) 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9});

    desk.run(bad, good);

    assertThat(desk.numbers()).containsExactly(1);
    assertThat(desk.skipped).singleElement().asString().contains("bad.jsonl.gz");
  }

  @Test
  void aDamagedMarkMeansThatTheFileIsReadAnew() throws IOException {
    Desk desk = new Desk(home);
    Path file = desk.file("a.jsonl", Desk.line(0));
    desk.run(file);
    String key = desk.store.marks(Importer.MARKS).keySet().iterator().next();
    String mark = String.valueOf(desk.store.marks(Importer.MARKS).get(key));
    desk.store.append(
        new dev.flightlog.store.Append(
            new dev.flightlog.event.EventBatch(),
            java.util.List.of(
                new dev.flightlog.store.Mark(
                    key, mark.replace("\"state\":{", "\"state\":{\"session\":7,")))));
    Files.writeString(file, Desk.line(1), java.nio.file.StandardOpenOption.APPEND);

    desk.run(file);

    assertThat(desk.numbers()).containsExactly(0, 1);
  }
}
