package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which lines stand in which file. */
@SuppressWarnings("try")
class JournalTest {
  @TempDir Path home;

  private RecorderConfig config() {
    return RecorderConfig.at(home).ring(1 << 16).maxWait(Duration.ofMinutes(1));
  }

  private List<String> names() {
    return Lines.journals(home).stream().map(file -> file.getFileName().toString()).toList();
  }

  @Test
  void theJournalChangesAtMidnightUtc() {
    AtomicReference<Instant> clock =
        new AtomicReference<>(Instant.parse("2026-02-28T23:59:59.999999Z"));
    try (FlightRecorder recorder = FlightRecorder.open(config().clock(clock::get))) {
      recorder.learning("before").log();
      clock.set(Instant.parse("2026-03-01T00:00:00Z"));
      recorder.learning("after").log();
      clock.set(Instant.parse("2026-02-28T10:00:00Z"));
      recorder.learning("clock set back").log();
      recorder.learning("told later").at(Instant.parse("2025-01-01T00:00:00Z")).log();
    }
    assertThat(names())
        .containsExactly(
            "story_default_20250101.jsonl",
            "story_default_20260228.jsonl",
            "story_default_20260301.jsonl");
    assertThat(Lines.of(home))
        .extracting(line -> line.get("event_type").asText())
        .containsExactly("told_later", "before", "clock_set_back", "after");
  }

  @Test
  void eachEventGoesToTheJournalOfItsOwnStory() {
    Instant day = Instant.parse("2026-02-01T00:00:00Z");
    try (FlightRecorder recorder = FlightRecorder.open(config().story("1.2").clock(() -> day));
        OpenScope scope = recorder.scope().story("in scope").open()) {
      recorder.learning("a").log();
      recorder.learning("b").story("../../etc/passwd").log();
      recorder.learning("c").story("ü".repeat(300)).log();
      scope.close();
      recorder.learning("d").log();
    }
    assertThat(names())
        .anyMatch(name -> name.matches("story_in-scope-[0-9a-f]{8}_20260201.jsonl"))
        .anyMatch(name -> name.matches("story_..-..-etc-passwd-[0-9a-f]{8}_20260201.jsonl"))
        .anyMatch(name -> name.matches("story_-{120}-[0-9a-f]{8}_20260201.jsonl"))
        .contains("story_1.2_20260201.jsonl")
        .hasSize(4);
    assertThat(Lines.of(home))
        .extracting(line -> line.get("session_id").asText())
        .contains("story_in scope_20260201_000000", "story_1.2_20260201_000000");
  }

  @Test
  void moreStoriesAtOnceThanFilesMayBeOpenLoseNothing() {
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      for (int i = 0; i < 2000; i++) {
        recorder.learning("x").story("s" + i % 100).log();
      }
    }
    assertThat(Lines.of(home)).hasSize(2000);
    assertThat(names()).hasSize(100);
  }

  @Test
  void foldersAndFilesAreTheirOwnersAlone() throws Exception {
    Path base = home.resolve("new");
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(base))) {
      recorder.learning("x").log();
      recorder.flush();
      boolean posix = base.getFileSystem().supportedFileAttributeViews().contains("posix");
      for (Path folder : posix ? List.of(base, base.resolve(".ring")) : List.<Path>of()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
            .isEqualTo("rwx------");
        try (var files = Files.list(folder)) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
          }
        }
      }
    }
  }

  @Test
  void aTornLastLineIsLeftAloneAndTheNextEventStartsOnAFreshOne() throws Exception {
    Instant day = Instant.parse("2026-02-01T00:00:00Z");
    Path journal = home.resolve("story_default_20260201.jsonl");
    Files.writeString(journal, "{\"id\":\"torn");
    try (FlightRecorder recorder = FlightRecorder.open(config().clock(() -> day))) {
      recorder.learning("x").log();
      recorder.flush();
      Files.writeString(journal, Files.readString(journal) + "{\"half");
      recorder.learning("y").log();
    }
    assertThat(Files.readString(journal).lines().toList())
        .hasSize(4)
        .startsWith("{\"id\":\"torn")
        .satisfies(lines -> assertThat(lines.get(3)).contains("\"event_type\":\"y\""));
  }

  @Test
  void aJournalThatSomebodyRemovesIsMadeAnew() throws Exception {
    Instant day = Instant.parse("2026-02-01T00:00:00Z");
    try (FlightRecorder recorder = FlightRecorder.open(config().clock(() -> day))) {
      recorder.learning("x").log();
      recorder.flush();
      Path journal = home.resolve("story_default_20260201.jsonl");
      Files.delete(journal);
      long start = System.nanoTime();
      while (!Files.exists(journal) && System.nanoTime() - start < 60_000_000_000L) {
        recorder.learning("y").log();
        recorder.flush();
      }
      recorder.learning("z").log();
    }
    assertThat(Lines.of(home).toString()).contains("\"event_type\":\"z\"");
  }

  @Test
  void aJournalThatSomebodyReplacesIsLeftForTheNewOne() throws Exception {
    Instant day = Instant.parse("2026-02-01T00:00:00Z");
    Path journal = home.resolve("story_default_20260201.jsonl");
    Path before = home.resolve("before");
    try (FlightRecorder recorder = FlightRecorder.open(config().clock(() -> day))) {
      recorder.learning("x").log();
      recorder.flush();
      Files.move(journal, before);
      Files.createFile(journal);
      long start = System.nanoTime();
      while (Files.size(journal) == 0 && System.nanoTime() - start < 60_000_000_000L) {
        recorder.learning("y").log();
        recorder.flush();
      }
    }
    assertThat(Files.readString(before)).contains("\"event_type\":\"x\"");
    assertThat(Files.readString(journal)).contains("\"event_type\":\"y\"");
  }

  @Test
  void aLongTextIsNotCutWithinACharacter() {
    try (FlightRecorder recorder = FlightRecorder.open(config().ring(1 << 20))) {
      for (int shift = 0; shift < 4; shift++) {
        String text = "x".repeat(shift) + "\ud83d\ude00".repeat(40_000) + "y".repeat(shift);
        recorder.learning("long").detail("text", text).log();
      }
    }
    assertThat(Lines.of(home))
        .hasSize(4)
        .allSatisfy(line ->
            assertThat(line.at("/details/text").asText())
                .contains(" characters cut ")
                .matches("[ -~…]*(?:\ud83d\ude00)+[ -~…]+(?:\ud83d\ude00)+[ -~…]*"));
  }

  @Test
  void anyTextBecomesOneLineOfValidJsonThatGivesItBack() {
    long seed = System.nanoTime();
    System.out.println("seed of hostile texts: " + seed);
    Random random = new Random(seed);
    String alphabet =
        "a\"\\\n\r\t\0\u0001\u001b\u007f\u0085\u009f\u2028\u2029\ufeff\ud83d\ude00\ud800é漢{}[],:";
    List<String> texts = new ArrayList<>();
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      for (int i = 0; i < 10_000; i++) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(20); n >= 0; n--) {
          text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        texts.add(text.toString());
        recorder
            .event(text.toString(), Category.LEARNING)
            .agent("a" + text)
            .detail("t" + text, text)
            .log();
      }
    }
    List<JsonNode> lines = Lines.of(home);
    assertThat(lines).hasSize(10_000);
    for (int i = 0; i < texts.size(); i++) {
      String expected =
          new String(texts.get(i).getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
      assertThat(lines.get(i).get("agent_name").asText()).isEqualTo("a" + expected);
      assertThat(lines.get(i).get("details").get("t" + expected).asText()).isEqualTo(expected);
    }
  }

  @Test
  void longTextsAreCutAndSayHowMuch() {
    String text = "start" + "漢".repeat(100_000) + "end";
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      recorder.learning("full").detail("output", text).log();
      recorder.learning("fits").detail("output", "y".repeat(65_536)).log();
    }
    try (FlightRecorder recorder = FlightRecorder.open(config().content(Content.HEAD))) {
      recorder.learning("head").tool("t").detail("output", text).log();
    }
    try (FlightRecorder recorder = FlightRecorder.open(config().content(Content.NONE))) {
      recorder.learning("none").tool("Read").detail("output", text).detail("n", 5).log();
    }
    Map<String, String> outputs = new HashMap<>();
    for (JsonNode line : Lines.of(home)) {
      outputs.put(line.get("event_type").asText(), line.at("/details/output").asText());
    }
    assertThat(outputs.getOrDefault("full", "").getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(65_536)
        .hasSizeGreaterThan(65_000);
    assertThat(outputs.getOrDefault("full", ""))
        .startsWith("start漢")
        .endsWith("漢end")
        .contains("characters cut");
    assertThat(outputs.get("fits")).isEqualTo("y".repeat(65_536));
    assertThat(outputs.getOrDefault("head", "").getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(1024);
    assertThat(outputs.get("none")).isEqualTo("[not kept: 100008 characters]");
  }

  @Test
  void detailsWithoutEndAreBoundedAndSayWhatIsMissing() {
    Map<String, Object> loop = new HashMap<>();
    loop.put("a", loop);
    loop.put("b", loop);
    List<Object> endless = new ArrayList<>();
    Iterable<Object> forever =
        () -> java.util.stream.Stream.generate(() -> (Object) "x").iterator();
    endless.add(forever);
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      assertThat(recorder.learning("loop").detail("loop", loop).log())
          .isEqualTo(Durability.WRITTEN);
      assertThat(recorder.learning("endless").detail("all", endless).detail("more", "x").log())
          .isEqualTo(Durability.WRITTEN);
    }
    assertThat(Lines.of(home)).hasSize(2);
    assertThat(Lines.of(home).get(1).at("/details/details_left_out").asInt()).isEqualTo(1);
  }

  @Test
  void anEventLargerThanTheRingHasItsOwnWay() {
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      for (int i = 0; i < 10; i++) {
        EventBuilder event = recorder.learning("large");
        for (int d = 0; d < 12; d++) {
          event.detail("d" + d, "z".repeat(60_000));
        }
        assertThat(event.log()).isEqualTo(Durability.WRITTEN);
        recorder.learning("small").log();
      }
      assertThat(recorder.stats().offered()).isEqualTo(20);
    }
    assertThat(Lines.of(home)).hasSize(20);
  }

  @Test
  void aCompleteEventIsWrittenAsItIs() {
    Event event =
        Event.builder(
                "01KAJZ5Y3D8W5G5V0X7K6Q9T1B",
                Instant.parse("2026-02-01T00:00:00Z"),
                "user_prompt",
                Category.INTERACTION)
            .set(Field.STORY_ID, "7")
            .details(Map.of("prompt", "hello"))
            .build();
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      recorder.log(event);
    }
    assertThat(home.resolve("story_7_20260201.jsonl")).hasContent(event.toString());
  }

  @Test
  void idsAreUniqueAndAKeyOfOnesOwnGivesTheSameIdTwice() {
    Set<String> ids = new HashSet<>();
    try (FlightRecorder recorder = FlightRecorder.open(config())) {
      for (int i = 0; i < 1000; i++) {
        recorder.learning("x").log();
      }
      recorder.learning("x").id("my key").log();
      recorder.learning("x").id("my key").log();
    }
    Lines.of(home).forEach(line -> ids.add(line.get("id").asText()));
    assertThat(ids).hasSize(1001);
  }
}
