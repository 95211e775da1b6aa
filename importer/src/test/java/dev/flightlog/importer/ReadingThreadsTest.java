package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.Filter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several threads read what is more than a portion; nothing may tell. */
class ReadingThreadsTest {
  private static final int FILES = 12;
  private static final int LINES = 250;
  private static final String PAD = "pad ".repeat(1000);

  private final List<String> garbage = new ArrayList<>();

  /** 12 MB: three portions. */
  private Path files(Desk desk) {
    Path folder = desk.home.resolve("in");
    for (int file = 0; file < FILES; file++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < LINES; i++) {
        int number = file * LINES + i;
        text.append(Desk.line(number).replace("{\"n\"", "{\"pad\":\"" + PAD + "\",\"n\""));
      }
      String odd = "no record of file %02d".formatted(file);
      garbage.add(odd);
      desk.file("%02d.jsonl".formatted(file), text.append(odd).append('\n').toString());
    }
    return folder;
  }

  @Test
  void eventsArriveInTheOrderOfTheFilesAndOfTheirLines(@TempDir Path home) {
    Desk desk = new Desk(home);
    Path folder = files(desk);
    Path[] inOrder =
        IntStream.range(0, FILES)
            .mapToObj(file -> folder.resolve("%02d.jsonl".formatted(file)))
            .toArray(Path[]::new);
    ImportReport report = desk.run(inOrder);
    assertThat(report.imported()).isEqualTo(FILES * LINES);
    assertThat(report.lines()).isEqualTo(FILES * (LINES + 1));
    List<Integer> arrived = arrived(desk);
    assertThat(arrived).hasSize(FILES * LINES);
    assertThat(IntStream.range(0, arrived.size()).filter(i -> arrived.get(i) != i)).isEmpty();
  }

  @Test
  void eachFileKeepsItsPlaceAndItsGarbageOnce(@TempDir Path home) {
    Desk desk = new Desk(home);
    Path folder = files(desk);
    assertThat(desk.run(folder).quarantined()).isEqualTo(FILES);
    assertThat(desk.setAside()).hasSize(FILES);
    assertThat(garbage)
        .allSatisfy(
            odd -> assertThat(desk.setAside()).filteredOn(line -> line.contains(odd)).hasSize(1));
    ImportReport again = desk.run(folder);
    assertThat(again.lines() + again.quarantined()).isZero();
    assertThat(again.files()).isEqualTo(FILES);
  }

  @Test
  void aFileThatCannotBeReadCostsItselfAlone(@TempDir Path home) {
    Desk desk = new Desk(home);
    Path folder = files(desk);
    byte[] cut = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3};
    desk.file("05b.jsonl.gz", cut);
    assertThat(desk.run(folder).imported()).isEqualTo(FILES * LINES);
    assertThat(desk.skipped).singleElement().asString().startsWith("05b.jsonl.gz: ");
  }

  private static List<Integer> arrived(Desk desk) {
    List<Integer> numbers = new ArrayList<>();
    Cursor at = Cursor.BEGINNING;
    while (true) {
      Changes.Page page = (Changes.Page) desk.store.changes(at, Filter.EVERYTHING, 1000);
      for (Event event : page.events()) {
        numbers.add(Integer.valueOf(String.valueOf(event.details().get("n"))));
      }
      at = page.next();
      if (!page.more()) {
        return numbers;
      }
    }
  }
}
