package dev.flightlog.stores.sqlite.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Field;
import dev.flightlog.store.search.EventTexts;
import dev.flightlog.store.search.Words;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class WordScannerTest {
  /** What a text is put together from, as it stands in JSON. */
  private static final String[] PIECES = {
    "read",
    "File",
    "HTTPServer",
    "x",
    "7",
    " ",
    "_",
    "/",
    "\\n",
    "\\\"",
    "\\\\",
    "\\u0041",
    "\\u00e9",
    "\\u0001",
    "\\u2192",
    "\\ud83d\\udee0",
    "u0041",
    "é",
    "größe",
    "→",
    "✓",
    "錯誤",
    "ไฟล์",
    "e\u0301",
    "\u0301",
    "🛠",
    "a".repeat(70),
    "readFileAsText",
    "İ",
    "ſ",
    "Ⅳ"
  };

  @RepeatedTest(20)
  void theBytesOfARowHaveTheWordsOfItsTexts(RepetitionInfo world) {
    Random random = new Random(world.getCurrentRepetition());
    for (int i = 0; i < 100; i++) {
      EventBatch batch = new EventBatch();
      batch.begin(Mode.NEW);
      batch.text(Field.ID, "id-" + i);
      batch.integer(Field.TIMESTAMP, 1);
      batch.text(Field.EVENT_TYPE, "tool_call");
      batch.text(Field.CATEGORY, "execution");
      batch.text(Field.COMPONENT, "C:\\new\\Größe" + random.nextInt(9) + "fileName");
      String json = "{\"key\":\"" + text(random) + "\",\"list\":[\"" + text(random) + "\",1,\"\"]}";
      byte[] details = json.getBytes(StandardCharsets.UTF_8);
      batch.text(Field.DETAILS, details, 0, details.length);
      batch.end();

      assertThat(found(batch)).as(json).isEqualTo(told(batch));
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static Set<String> told(EventBatch batch) {
    Set<String> told = new TreeSet<>();
    EventTexts.visit(
        batch.event(0),
        (_, text) -> {
          Words words = new Words().of(text);
          while (words.next()) {
            told.add(words.word());
            told.addAll(words.parts());
          }
        });
    return told;
  }

  /** The words of a segment of this row alone, which has each of them. */
  private static Set<String> found(EventBatch batch) {
    SegmentBuilder builder = new SegmentBuilder();
    builder.row(1, 1);
    new WordScanner(builder).row(batch, 0);
    Set<String> found = new TreeSet<>();
    for (byte[] chunk : builder.segment().chunks()) {
      Bytes.Reader reader = new Bytes.Reader(chunk);
      byte[] word = {};
      while (reader.isMore()) {
        int shared = reader.small();
        int rest = reader.small();
        word = Arrays.copyOf(word, shared + rest);
        System.arraycopy(reader.bytes, reader.at, word, shared, rest);
        reader.at += rest;
        assertThat(reader.number()).isZero();
        assertThat(found.add(new String(word, StandardCharsets.UTF_8))).isTrue();
      }
    }
    return found;
  }
}
