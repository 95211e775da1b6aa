package dev.flightlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoldenFilesTest {
  private static final Path GOLDEN = Path.of("..", "docs", "format", "golden");

  @Test
  void aWellFormedLineIsReadAndWrittenAgainByteForByte() throws IOException {
    for (String line : Files.readAllLines(GOLDEN.resolve("events.jsonl"))) {
      assertThat(readAndWritten(line)).isEqualTo(line);
    }
  }

  @Test
  void aLineOfAnotherFormMeansWhatTheExpectedFileSays() throws IOException {
    List<String> lines = Files.readAllLines(GOLDEN.resolve("generous.jsonl"));
    List<String> expected = Files.readAllLines(GOLDEN.resolve("generous.expected.jsonl"));
    assertThat(lines).hasSameSizeAs(expected);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(readAndWritten(lines.get(i))).as("line %d", i + 1).isEqualTo(expected.get(i));
    }
  }

  @Test
  void everyFieldIsInTheFormatsTableAndInAGoldenLine() throws IOException {
    String table = Files.readString(GOLDEN.resolveSibling("journal.md"));
    String lines = Files.readString(GOLDEN.resolve("events.jsonl"));
    for (Field field : Field.values()) {
      if (field != Field.SOURCE) {
        assertThat(table).contains("| `" + field.wireName() + "` |");
        assertThat(lines).contains("\"" + field.wireName() + "\":");
      }
    }
  }

  private static String readAndWritten(String line) {
    EventBatch batch = new EventBatch();
    byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
    String wrong =
        new EventLine()
            .decode(utf8, 0, utf8.length, batch, EventBatch.Mode.NEW, EventIds.ofKey("keyless"));
    assertThat(wrong).as(line).isNull();
    JsonWriter out = new JsonWriter();
    EventLine.encode(batch.event(0), out);
    return out.toString();
  }
}
