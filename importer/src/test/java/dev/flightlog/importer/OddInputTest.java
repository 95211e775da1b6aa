package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that lies, or that nobody knows: told, counted, and its neighbours survive. */
class OddInputTest {
  @TempDir Path home;

  private static long tokens(Desk desk) {
    return desk.events("model_call").stream()
        .mapToLong(call -> call.get(Field.TOKENS_USED) instanceof Number n ? n.longValue() : 0)
        .sum();
  }

  @Test
  void aResponseThatClaimsMoreTokensThanThereAreCountsNothingAndItsNeighbourCounts() {
    String line =
        """
        {"type":"assistant","uuid":"%s","sessionId":"s","timestamp":"2026-01-01T10:00:00Z","requestId":"%s",\
        "message":{"id":"%s","role":"assistant","model":"claude-opus-4-6","content":[],\
        "usage":{"input_tokens":%s,"output_tokens":5}}}
        """;
    Desk desk = new Desk(home);

    desk.run(
        desk.file(
            "t.jsonl",
            line.formatted("a", "r1", "m1", "1000000000000000")
                + line.formatted("b", "r2", "m2", "10")
                + line.formatted("c", "r3", "m3", "-7")
                + line.formatted("d", "r4", "m4", "1e300")));

    assertThat(tokens(desk)).isEqualTo(5 + 15 + 5 + 5);
  }

  /** An id as Codex makes them, which begins with the time of that day of January 2026. */
  private static String id(String day, String time) {
    long millis = java.time.Instant.parse("2026-01-0" + day + "T" + time + "Z").toEpochMilli();
    String hex = "%012x".formatted(millis);
    return hex.substring(0, 8) + "-" + hex.substring(8) + "-7000-8000-000000000000";
  }

  private static String meta(String id, String parent) {
    return """
    {"timestamp":"2026-01-0%1$sT10:00:00.000Z","type":"session_meta","payload":{"id":"%3$s",%2$s"timestamp":"2026-01-0%1$sT10:00:00.000Z","cwd":"/srv/demo/shop","originator":"codex_cli_rs","cli_version":"0.142.0","source":"cli"}}
    """
        .formatted(
            id,
            parent.isEmpty() ? "" : "\"forked_from_id\":\"" + id(parent, "10:00:00") + "\",",
            id(id, "10:00:00"));
  }

  /** A turn with one response; {@code total} holds all before it, too. */
  private static String turn(String at, String turn, String words, int input, int total) {
    return """
    {"timestamp":"%1$s","type":"turn_context","payload":{"turn_id":"%5$s","cwd":"/srv/demo/shop","model":"gpt-5.5"}}
    {"timestamp":"%1$s","type":"event_msg","payload":{"type":"user_message","message":"%2$s"}}
    {"timestamp":"%1$s","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":%4$d,"cached_input_tokens":0,"output_tokens":10,"reasoning_output_tokens":0,"total_tokens":%4$d},"last_token_usage":{"input_tokens":%3$d,"cached_input_tokens":0,"output_tokens":10,"reasoning_output_tokens":0,"total_tokens":%3$d},"model_context_window":272000}}}
    """
        .formatted(at, words, input, total, turn);
  }

  @Test
  void aForkOfAForkCountsEachResponseOnceAlsoWhenTheParentsAreGone() {
    String fork = "2026-01-02T10:00:00.000Z";
    String forkOfFork = "2026-01-03T10:00:00.000Z";
    String one = id("1", "10:00:05");
    String two = id("2", "11:00:00");
    String parent = meta("1", "") + turn("2026-01-01T10:00:05.000Z", one, "one", 100, 100);
    String middle =
        meta("2", "1")
            + meta("1", "").replace("2026-01-01T10:00:00", "2026-01-02T10:00:00")
            + turn(fork, one, "one", 100, 100)
            + turn("2026-01-02T11:00:00.000Z", two, "two", 200, 300);
    String last =
        meta("3", "2")
            + meta("2", "1").replace("2026-01-02T10:00:00", "2026-01-03T10:00:00")
            + meta("1", "").replace("2026-01-01T10:00:00", "2026-01-03T10:00:00")
            + turn(forkOfFork, one, "one", 100, 100)
            + turn(forkOfFork, two, "two", 200, 300)
            + turn("2026-01-03T11:00:00.000Z", id("3", "11:00:00"), "three", 400, 700);

    Desk alone = new Desk(home.resolve("alone"));
    alone.run(alone.file("rollout-3.jsonl", last));
    assertThat(tokens(alone)).isEqualTo(100 + 200 + 400 + 30);
    assertThat(alone.events("model_call")).hasSize(3);

    Desk all = new Desk(home.resolve("all"));
    all.run(all.file("rollout-3.jsonl", last));
    all.run(all.file("rollout-2.jsonl", middle));
    all.run(all.file("rollout-1.jsonl", parent));
    assertThat(tokens(all)).isEqualTo(100 + 200 + 400 + 30);
    assertThat(all.events("model_call")).hasSize(3);

    Desk inOrder = new Desk(home.resolve("order"));
    inOrder.run(inOrder.file("rollout-1.jsonl", parent));
    inOrder.run(inOrder.file("rollout-2.jsonl", middle));
    inOrder.run(inOrder.file("rollout-3.jsonl", last));
    assertThat(tokens(inOrder)).isEqualTo(tokens(all));
    assertThat(inOrder.events("user_prompt")).hasSize(3);
  }

  @Test
  void aBombIsToldAndItsNeighbourIsRead() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      out.write(Desk.line(7).getBytes(java.nio.charset.StandardCharsets.UTF_8));
      for (int i = 0; i < 200; i++) {
        out.write(zeros);
      }
    }
    Desk desk = new Desk(home);
    Path bad = desk.file("bomb.jsonl.zst", bomb.toByteArray());
    Path good = desk.file("good.jsonl", Desk.line(1));

    desk.run(bad, good);

    assertThat(desk.numbers()).contains(1);
    assertThat(bomb.size()).isLessThan(64 << 10);
    assertThat(desk.skipped).singleElement().asString().contains("bomb.jsonl.zst", "2000 times");
  }

  @Test
  void aChatExportOfAnUnknownProgramIsToldByNameAndItsNeighbourIsRead() {
    Desk desk = new Desk(home);
    desk.file("good.jsonl", Desk.line(1));
    Path export =
        desk.file(
            "export.json",
            "{\"exporter\":\"new thing\",\"dialogues\":[{\"who\":\"me\",\"says\":\"hi\"}]}");

    ImportReport report = desk.run(home.resolve("in"));

    assertThat(desk.numbers()).containsExactly(1);
    assertThat(report.leftOut()).isEqualTo(1);
    assertThat(desk.skipped).singleElement().asString().contains("export.json: nothing known");
    assertThat(Importer.leftOut(desk.store)).containsKey(export.toString());
  }

  @Test
  void oddValuesInTheFilesOfOtherAgentsCostTheirRecordOnly() {
    Map<String, String> samples =
        Map.of(
            "kimi/code.jsonl", "user_prompt",
            "droid/session_store_large.jsonl", "user_prompt",
            "cursor/stage0-large.jsonl", "user_prompt",
            "cline/ui_messages.json", "user_prompt");
    samples.forEach((sample, type) -> {
      Desk whole = new Desk(home.resolve(sample + "-whole"));
      whole.run(Desk.sample(sample));
      int expected = whole.events(type).size();
      for (String odd : new String[] {"null", "7", "1e400", "[]", "{\"a\":[[]]}", "\"\\ud800\""}) {
        Desk desk = new Desk(home.resolve(sample + odd.hashCode()));
        String text = Tally.text(Desk.sample(sample));
        String name = sample.substring(sample.indexOf('/') + 1);
        desk.run(
            desk.file(
                name,
                text.replaceAll(
                    "\"(input|time|tokensIn|timestamp)\":[^,{}\\[\\]]+",
                    "\"$1\":" + java.util.regex.Matcher.quoteReplacement(odd))),
            desk.file("good.jsonl", Desk.line(1)));
        assertThat(desk.numbers()).as(sample + " with " + odd).containsExactly(1);
        assertThat(desk.events(type).size())
            .as(sample + " with " + odd)
            .isLessThanOrEqualTo(expected);
      }
    });
  }

  @Test
  void aRunThatNamesNoTimeHasNoDurations() {
    Desk desk = new Desk(home);
    desk.run(Desk.sample("cursor"), Desk.sample("cline"), Desk.sample("agentrx"));

    assertThat(desk.events("tool_call")).isNotEmpty();
    for (Event call : desk.events("tool_call")) {
      assertThat(call.get(Field.DURATION_MS)).isNull();
    }
  }
}
