package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.formats.Formats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Odd values at every node of real files cost at most the record in which they stand. */
class OddValuesTest {
  private static final List<String> ODD =
      List.of(
          "1e99999999999",
          "-1e99999999999",
          "1E-99999999999",
          "-9223372036854775809",
          "99999999999999999999999999",
          "-1",
          "0",
          "0.5",
          "null",
          "true",
          "\"\"",
          "\"x\"",
          "\"\\ud800\"",
          "\"1e999\"",
          "\"2026-99-99T99:99:99Z\"",
          "[]",
          "[null]",
          "[[]]",
          "{}",
          "{\"\":null}",
          "{\"type\":1,\"text\":[]}");

  /** How many mutations a file; -Dflightlog.fuzz=0 tries every odd value at every node. */
  private static final int SHORT = Integer.getInteger("flightlog.fuzz", 30);

  private static final long SEED = 20261128;

  @TempDir Path home;

  private record Span(int from, int to) {}

  @ParameterizedTest
  @CsvSource({
    "claude, claude/agent-sessions/small.jsonl",
    "claude, claude/agent-sessions/schema_drift.jsonl",
    "claude, claude/reliability/stop-hook-fast-path-clean.jsonl",
    "stream-json, stream-json/stream.jsonl",
    "stream-json, stream-json/sample-turns.json",
    "codex, codex/codex-small.jsonl",
    "codex, codex/codex-schema_drift.jsonl",
    "codex, codex/Fixtures-codex_050_legacy.jsonl",
    "codex, codex/Fixtures-codex_051_usage.jsonl",
    "gemini, gemini/chat.json",
    "trajectory, trajectory/atif.json",
    "trajectory, trajectory/github_issue.traj.json",
    "trajectory, trajectory/failure-93.json",
    "trajectory, trajectory/openhands-basic.json",
    "trajectory, trajectory/function_calling_simple.traj",
    "trajectory, trajectory/atof.jsonl",
    "jsonl, codex/codex-small.jsonl",
    "task-log, codex/codex-small.jsonl",
    "journal, codex/codex-small.jsonl"
  })
  void anOddValueAnywhereCostsAtMostItsRecord(String format, String sample) throws IOException {
    byte[] good = Files.readAllBytes(Desk.sample(sample));
    List<Span> nodes = nodes(good);
    Random random = new Random(SEED + sample.hashCode());
    int all = nodes.size() * ODD.size();
    int tries = SHORT == 0 ? all : Math.min(all, SHORT);
    for (int i = 0; i < tries; i++) {
      int pick = SHORT == 0 ? i : random.nextInt(all);
      Span node = nodes.get(pick / ODD.size());
      String odd = ODD.get(pick % ODD.size());
      survives(format, good, node, odd);
    }
  }

  @Test
  void aNumberWithALongExponentCostsItsLineInEveryFormatOfLines() {
    String odd =
        "{\"timestamp\":\"2026-01-01T00:00:01Z\",\"event_type\":\"note\",\"duration_ms\":1e99999999999}\n";
    for (String format : List.of("jsonl", "journal", "task-log")) {
      Desk desk = desk(format, format);
      desk.run(desk.file("a.jsonl", Desk.line(0) + odd + Desk.line(1)));
      assertThat(desk.skipped).isEmpty();
      assertThat(desk.events("note").stream().map(e -> e.micros()).distinct().toList())
          .as(format)
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }

  private void survives(String format, byte[] good, Span node, String odd) throws IOException {
    ByteArrayOutputStream mutated = new ByteArrayOutputStream();
    mutated.write(good, 0, node.from);
    mutated.writeBytes(odd.getBytes(StandardCharsets.UTF_8));
    mutated.write(good, node.to, good.length - node.to);
    Desk desk = desk("m", format);
    Files.deleteIfExists(home.resolve("m/in/b.jsonl"));
    Path bad = desk.file("a.jsonl", mutated.toByteArray());
    Path neighbour = desk.file("b.jsonl", Desk.line(1));
    String what = odd + " at " + node + " of " + format;
    assertThatCode(() -> desk.run(bad)).as(what).doesNotThrowAnyException();
    assertThat(desk.skipped).as(what).isEmpty();
    desk.with(ImportOptions.defaults().as(Formats.JOURNAL)).run(neighbour);
    assertThat(desk.numbers()).as(what).contains(1);
  }

  private Desk desk(String name, String format) {
    return new Desk(home.resolve(name))
        .with(ImportOptions.defaults().as(Objects.requireNonNull(Formats.of(format))));
  }

  /** Where every value of every record stands. */
  private static List<Span> nodes(byte[] bytes) {
    List<Span> nodes = new ArrayList<>();
    JsonReader json = new JsonReader().reset(bytes, 0, bytes.length);
    try {
      while (json.peek() != JsonReader.Token.END) {
        walk(json, nodes);
      }
    } catch (JsonException torn) {
      // The nodes before the damage are enough.
    }
    return nodes;
  }

  private static void walk(JsonReader json, List<Span> nodes) {
    JsonReader.Token token = json.peek();
    int from = json.position();
    switch (token) {
      case OBJECT -> {
        json.enterObject();
        while (json.nextKey()) {
          walk(json, nodes);
        }
      }
      case ARRAY -> {
        json.enterArray();
        while (json.nextElement()) {
          walk(json, nodes);
        }
      }
      default -> json.skip();
    }
    nodes.add(new Span(from, json.position()));
  }
}
