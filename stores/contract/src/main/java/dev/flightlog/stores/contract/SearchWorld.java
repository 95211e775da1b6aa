package dev.flightlog.stores.contract;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Filter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random events made of few words, and random searches for them, all from one seed. */
final class SearchWorld {
  private static final long START = Timestamps.of(Instant.parse("2025-09-20T22:30:00Z"));
  private static final String[] WORDS = {
    "permission",
    "denied",
    "Permission",
    "file_not_read",
    "src/main/Foo.java",
    "readFileAsText",
    "HTTPServer",
    "größe",
    "GRÖSSE",
    "café",
    "cafe\u0301",
    "文件不存在",
    "ファイル",
    "don't",
    "x",
    "42",
    "v2.1",
    "a\"b\\c\n",
    "\ud801\udc00\ud83d\ude00",
    "K\u212a",
    "İstanbul",
    "ﬁle",
    "--force",
    "ไฟล์ไม่พบ",
    "naïve\u0000nul"
  };
  private static final String[] SEARCHES = {
    "permission",
    "denied",
    "\"permission denied\"",
    "file_not_read",
    "file_not",
    "Foo.java",
    "main/foo",
    "file",
    "text",
    "fileastext",
    "readfileastext",
    "read*",
    "readF*",
    "server",
    "http*",
    "größe",
    "grösse*",
    "café",
    "文件",
    "文件不存在",
    "不*",
    "ファ",
    "don't",
    "x",
    "4*",
    "v2.1",
    "2.1",
    "\ud801\udc00",
    "k\u212a",
    "istanbul",
    "force",
    "nowhere",
    "n*",
    "nul",
    "พบ",
    "tool:bash",
    "tool:read",
    "agent:planner",
    "file:foo.java",
    "file:src",
    "type:tool_call",
    "project:größe",
    "session:s-1",
    "details.other:x",
    "input:permission",
    "story:\"1 1\""
  };

  private final Random random;
  private final int ids;

  SearchWorld(long seed, int ids) {
    this.random = new Random(seed);
    this.ids = ids;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int words = 1 + random.nextInt(6); words > 0; words--) {
      text.append(pick(WORDS)).append(words > 1 ? pick(" ", " ", "-", ": ", "") : "");
    }
    return text.toString();
  }

  Mode mode() {
    int one = random.nextInt(10);
    return one < 6 ? Mode.NEW : one < 8 ? Mode.MERGE : Mode.COMPLETE;
  }

  Event event() {
    Event.Builder event =
        Event.builder(
                EventIds.ofKey("event " + random.nextInt(ids)),
                Timestamps.instant(START + random.nextInt(200) * 1_000_000L),
                pick("tool_call", "error", "user_prompt"),
                Category.EXECUTION)
            .set(Field.SESSION_ID, "s-" + random.nextInt(4))
            .set(Field.PROJECT, random.nextBoolean() ? "größe" : null)
            .set(Field.STORY_ID, random.nextBoolean() ? "1.1" : null)
            .set(Field.AGENT_NAME, random.nextBoolean() ? pick("planner", "codeReviewer") : null);
    Map<String, Object> details = new LinkedHashMap<>();
    if (random.nextBoolean()) {
      details.put("tool", pick("Bash", "Read"));
    }
    if (random.nextBoolean()) {
      details.put("message", text());
    }
    if (random.nextBoolean()) {
      details.put(
          "input",
          Map.of("file_path", "/" + text(), "list", List.of(text(), 42, Map.of("k", text()))));
    }
    if (random.nextInt(4) == 0) {
      details.put("other", random.nextBoolean() ? text() : 42);
    }
    return event.details(details).build();
  }

  String search() {
    StringBuilder search = new StringBuilder(pick(SEARCHES));
    for (int more = random.nextInt(3); more > 0; more--) {
      search.append(pick(" ", " ", " OR ", " not:")).append(pick(SEARCHES));
    }
    return search.toString();
  }

  Filter filter() {
    return switch (random.nextInt(6)) {
      case 0 -> Filter.is(Field.SESSION_ID, "s-" + random.nextInt(5));
      case 1 -> Filter.since(START + random.nextInt(200) * 1_000_000L);
      case 2 ->
          Filter.and(
              Filter.until(START + random.nextInt(200) * 1_000_000L),
              Filter.not(Filter.is(Field.AGENT_NAME, "planner")));
      case 3 -> Filter.anywhere(random.nextBoolean() ? "grö" : "denied");
      default -> Filter.EVERYTHING;
    };
  }
}
