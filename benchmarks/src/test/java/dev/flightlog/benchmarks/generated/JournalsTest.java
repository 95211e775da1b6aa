package dev.flightlog.benchmarks.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventLine;
import dev.flightlog.event.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalsTest {
  @Test
  void generatedJournalsHoldAsManyDifferentEventsAsAskedFor(@TempDir Path work) throws Exception {
    List<Event> events = events(Journals.of(20_000, work));
    assertThat(events).hasSize(20_000);
    assertThat(new HashSet<>(events.stream().map(Event::id).toList())).hasSize(20_000);
    assertThat(events).allMatch(event -> EventIds.isWellFormed(event.id()));
    assertThat(events.stream().map(event -> event.text(Field.STORY_ID)).distinct()).hasSize(5);
    assertThat(events.stream().map(event -> event.text(Field.AGENT_NAME)).distinct()).hasSize(8);
    assertThat(details(events, "tool")).hasSize(12);
    assertThat(details(events, "model")).hasSize(4);
  }

  @Test
  void oneToolCallInTwentyFails(@TempDir Path work) throws Exception {
    List<Event> calls =
        events(Journals.of(20_000, work)).stream()
            .filter(event -> event.eventType().equals("tool_call"))
            .toList();
    long failed =
        calls.stream().filter(event -> Boolean.FALSE.equals(event.flag(Field.SUCCESS))).count();
    assertThat((double) failed / calls.size()).isBetween(0.04, 0.06);
  }

  @Test
  void theSameCountGivesTheSameBytes(@TempDir Path one, @TempDir Path two) throws Exception {
    assertThat(lines(Journals.of(2000, one))).isEqualTo(lines(Journals.of(2000, two)));
  }

  private static List<String> details(List<Event> events, String key) {
    return events.stream()
        .map(event -> event.detail(key))
        .filter(java.util.Objects::nonNull)
        .distinct()
        .toList();
  }

  private static List<Event> events(Path folder) throws Exception {
    List<Event> events = new ArrayList<>();
    EventBatch batch = new EventBatch();
    for (String line : lines(folder)) {
      byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
      String wrong = new EventLine().decode(utf8, 0, utf8.length, batch, EventBatch.Mode.NEW, "");
      assertThat(wrong).as(line).isNull();
      events.add(batch.event(0));
      batch.clear();
    }
    return events;
  }

  private static List<String> lines(Path folder) throws Exception {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }
}
