package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program writes that no reader knows is counted by name, and nothing else is. */
class DriftTest {
  private static final String LINE =
      """
      {"type":"user","uuid":"%s","sessionId":"s","timestamp":"2026-01-01T10:00:00Z"%s,\
      "message":{"role":"user","content":"hi"%s}}
      """;

  @TempDir Path home;

  @Test
  void fieldsThatAReaderDoesNotKnowAreCountedByNameAndTheRecordIsRead() throws IOException {
    Desk desk = new Desk(home);
    Path file =
        desk.file(
            "t.jsonl",
            LINE.formatted("a", ",\"mood\":{\"good\":1}", "")
                + LINE.formatted("b", ",\"mood\":2", ",\"tone\":3")
                + LINE.formatted("c", "", ""));

    ImportReport report = desk.run(file);

    assertThat(desk.events("user_prompt")).hasSize(3);
    assertThat(report.unknown()).isZero();
    assertThat(report.strangeFields())
        .containsEntry("claude: user.mood", 2L)
        .containsEntry("claude: message.tone", 1L)
        .hasSize(2);
    Files.writeString(
        file, LINE.formatted("d", ",\"mood\":2", ""), java.nio.file.StandardOpenOption.APPEND);
    desk.run(file);
    assertThat(Importer.strangeFields(desk.store)).containsEntry("claude: user.mood", 3L);
  }

  @Test
  void theNumberOfNamesIsBounded() {
    StringBuilder more = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      more.append(",\"f").append(i).append("\":1");
    }
    Desk desk = new Desk(home);

    ImportReport report = desk.run(desk.file("t.jsonl", LINE.formatted("a", more, "")));

    assertThat(report.strangeFields()).hasSize(65).containsEntry("claude: others", 936L);
  }

  @Test
  void inTheSamplesOfEveryFormatNothingIsStrange() {
    for (String sample :
        new String[] {
          "claude",
          "codex",
          "codex-compressed",
          "copilot",
          "cursor",
          "droid",
          "gemini",
          "goose",
          "kimi",
          "qwen",
          "stream-json",
          "waiting"
        }) {
      Desk desk = new Desk(home.resolve(sample));
      assertThat(desk.run(Desk.sample(sample)).strangeFields()).as(sample).isEmpty();
    }
  }

  @Test
  void filesThatAreLeftOutAreKeptWithTheReasonUntilTheyAreRead() {
    Desk desk = new Desk(home);
    desk.file("good.jsonl", Desk.line(1));
    Path odd = desk.file("odd.jsonl", "{\"a\":1}\n");
    desk.run(home.resolve("in"));

    assertThat(Importer.leftOut(desk.store))
        .containsOnlyKeys(odd.toString())
        .containsValue("nothing known was found in it");

    desk.file("odd.jsonl", Desk.line(2));
    desk.run(home.resolve("in"));

    assertThat(Importer.leftOut(desk.store)).isEmpty();
  }

  @Test
  void tenThousandUnknownFilesAreCountedAndTheirNeighbourIsRead() throws IOException {
    Desk desk = new Desk(home);
    desk.file("good.jsonl", Desk.line(1));
    for (int i = 0; i < 10_000; i++) {
      Files.writeString(home.resolve("in/unknown-" + i + ".jsonl"), "{\"a\":1}\n");
    }

    ImportReport report = desk.run(home.resolve("in"));

    assertThat(desk.numbers()).containsExactly(1);
    assertThat(report.leftOut()).isEqualTo(10_000);
    assertThat(desk.skipped).hasSize(21).last().asString().contains("9980 more files");
    assertThat(Importer.leftOut(desk.store)).hasSize(1_000);
  }
}
