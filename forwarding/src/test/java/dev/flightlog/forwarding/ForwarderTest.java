package dev.flightlog.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals reach a receiver at least once, whatever it answers and whoever is killed. */
class ForwarderTest {
  @TempDir Path home;
  private final List<String> told = new ArrayList<>();
  private Receiver receiver;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private static String line(int number, String more) {
    return "{\"id\":\"0000000000000000000000000"
        + number
        + "\",\"timestamp\":\"2026-11-28T10:00:00.000000+00:00\",\"event_type\":\"tool_call\","
        + "\"category\":\"execution\",\"success\":false,\"details\":{"
        + more
        + "}}\n";
  }

  private void write(String journal, String... lines) throws IOException {
    Files.writeString(
        home.resolve(journal),
        String.join("", lines),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private Forwarder forwarder(String to, String secret) throws IOException {
    Target target = Targets.of(to, secret, List.of("X-Team: a"), InstantSource.system()).get();
    return Forwarder.open(target, home, home, told::add);
  }

  private boolean send(String to, String secret) throws IOException, InterruptedException {
    try (Forwarder forwarder = forwarder(to, secret)) {
      return forwarder.send();
    }
  }

  @Test
  void eachLineIsSentOnceAndAfterARestartOnlyWhatIsNew() throws Exception {
    String to = "otlp " + receiver.address();
    write("story_a_20261128.jsonl", line(1, ""), line(2, ""), "{\"torn\":");
    assertThat(send(to, "key")).isTrue();
    assertThat(receiver.got).hasSize(1);
    assertThat(receiver.got.getFirst().path()).isEqualTo("/v1/logs");
    assertThat(receiver.got.getFirst().authorization()).isEqualTo("Bearer key");
    assertThat(receiver.got.getFirst().body())
        .contains("\"eventName\":\"flightlog.tool_call\"")
        .contains("\"timeUnixNano\":\"1795860000000000000\"")
        .contains("\"severityNumber\":17");
    write("story_a_20261128.jsonl", "1}\n", line(3, ""));
    write("story_b_20261128.jsonl", line(4, ""));
    assertThat(send(to, "key")).isTrue();
    assertThat(receiver.got).hasSize(3);
    assertThat(receiver.got.get(1).body()).contains("00003").doesNotContain("00001", "00004");
    assertThat(send(to, "key")).isTrue();
    assertThat(receiver.got).hasSize(3);
  }

  @Test
  void whatWasNotTakenIsSentAgainAndNothingIsSkipped() throws Exception {
    String to = "otlp " + receiver.address();
    write("story_a_20261128.jsonl", line(1, ""));
    receiver.replies(503, "busy").replies(429, "").replies(401, "who are you");
    try (Forwarder forwarder = forwarder(to, "")) {
      assertThat(forwarder.send()).isFalse();
      assertThat(forwarder.status().problem()).contains("503: busy");
      Duration first = forwarder.pause();
      assertThat(forwarder.send()).isFalse();
      assertThat(forwarder.pause()).isGreaterThan(first);
      assertThat(forwarder.send()).isFalse();
      assertThat(forwarder.status().problem()).contains("401");
      assertThat(
              Forwarder.backlog(
                      Targets.of(to, "", List.of(), InstantSource.system()).get(), home, home)
                  .problem())
          .contains("401");
      assertThat(forwarder.send()).isTrue();
      assertThat(forwarder.status().sent()).isEqualTo(1);
    }
    assertThat(told.getLast()).contains("takes events again");
  }

  @Test
  void aReceiverThatIsDownIsNoError() throws Exception {
    String to = "otlp " + receiver.address();
    receiver.close();
    write("story_a_20261128.jsonl", line(1, ""));
    assertThat(send(to, "")).isFalse();
    assertThat(told.getFirst()).contains("cannot reach otlp http://127.0.0.1");
  }

  @Test
  void oneBadLineIsRefusedAloneKeptAndTold() throws Exception {
    write("story_a_20261128.jsonl", line(1, ""), line(2, ""));
    receiver.replies(400, "bad").replies(200, "{}").replies(400, "field x");
    assertThat(send("otlp " + receiver.address(), "")).isTrue();
    assertThat(Files.readString(home.resolve("forwarding-refused.jsonl"))).isEqualTo(line(2, ""));
    assertThat(told)
        .singleElement()
        .asString()
        .contains("refused 1 event, kept in")
        .contains("field x");
  }

  /** What a receiver's form cannot hold; the conversions of today hold every event. */
  private record Picky(Target target) implements Target {
    @Override
    public String name() {
      return target.name();
    }

    @Override
    public int mostLines() {
      return target.mostLines();
    }

    @Override
    public HttpRequest request(List<JournalLine> lines) {
      if (lines.stream().anyMatch(line -> line.json().contains("odd"))) {
        throw new IllegalArgumentException("odd");
      }
      return target.request(lines);
    }

    @Override
    public Answer judge(int status, byte[] body, List<JournalLine> lines) {
      return target.judge(status, body, lines);
    }
  }

  @Test
  void aLineThatCannotBeWrittenHoldsNobodyUp() throws Exception {
    String odd = line(2, "\"x\":\"odd\"");
    write("story_a_20261128.jsonl", line(1, ""), odd, line(3, ""));
    Target target =
        Targets.of("otlp " + receiver.address(), "", List.of(), InstantSource.system()).get();
    try (Forwarder forwarder = Forwarder.open(new Picky(target), home, home, told::add)) {
      assertThat(forwarder.send()).isTrue();
      assertThat(forwarder.status().sent()).isEqualTo(2);
    }
    String got = receiver.got.toString();
    assertThat(got).contains("00001", "00003").doesNotContain("00002");
    assertThat(Files.readString(home.resolve("forwarding-refused.jsonl"))).isEqualTo(odd);
    assertThat(told).singleElement().asString().contains("cannot be written", "odd");
  }

  @Test
  void bulkDocumentsHaveIdsOfTheirLinesAndAreJudgedOneByOne() throws Exception {
    write(
        "story_a_20261128.jsonl",
        line(1, ""),
        line(2, "\"received\":\"otlp\""),
        line(2, "\"received\":\"otlp\",\"a\":1"));
    receiver
        .replies(
            200,
            "{\"errors\":true,\"items\":[{\"index\":{\"status\":201}},{\"index\":{\"status\":429,"
                + "\"error\":\"full\"}},{\"index\":{\"status\":201}}]}")
        .replies(
            200,
            "{\"errors\":true,\"items\":[{\"index\":{\"status\":200}},{\"index\":{\"status\":400,"
                + "\"error\":{\"reason\":\"mapper\"}}},{\"index\":{\"status\":201}}]}");
    String to = "opensearch " + receiver.address() + "/logs";
    assertThat(send(to, "u:p")).isFalse();
    assertThat(send(to, "u:p")).isTrue();
    Receiver.Got got = receiver.got.getLast();
    assertThat(got.path()).isEqualTo("/_bulk");
    assertThat(got.type()).isEqualTo("application/x-ndjson");
    assertThat(got.authorization()).startsWith("Basic ");
    assertThat(got.body().lines()).hasSize(6);
    assertThat(got.body().lines().filter(each -> each.startsWith("{\"index\"")))
        .doesNotHaveDuplicates();
    assertThat(told.getLast()).contains("refused 1 event, kept in").contains("mapper");
    assertThat(Files.readString(home.resolve("forwarding-refused.jsonl")))
        .isEqualTo(line(2, "\"received\":\"otlp\""));
  }

  @Test
  void datadogGetsAnArrayOfEntries() throws Exception {
    write("story_a_20261128.jsonl", line(1, ""));
    receiver.replies(202, "{}");
    assertThat(send("datadog " + receiver.address(), "dd")).isTrue();
    assertThat(receiver.got.getFirst().path()).isEqualTo("/api/v2/logs");
    assertThat(receiver.got.getFirst().body())
        .startsWith("[{\"ddsource\":\"flightlog\"")
        .contains("\"timestamp\":1795860000000");
  }

  @Test
  void aKilledSenderSendsTheSameAgainAndNeverLeavesOut() throws Exception {
    String to = "otlp " + receiver.address();
    write("story_a_20261128.jsonl", line(1, ""));
    assertThat(send(to, "")).isTrue();
    Files.writeString(home.resolve(Forwarder.POSITIONS), "{\"to\":\"otl");
    assertThat(send(to, "")).isTrue();
    assertThat(receiver.got).hasSize(2);
    assertThat(receiver.got.get(0).body()).isEqualTo(receiver.got.get(1).body());
  }

  @Test
  void whatWasShippedHereIsNotShippedOn() throws Exception {
    write(
        "story_a_20261128.jsonl",
        line(1, "\"received\":\"otlp\",\"scope\":\"dev.flightlog.journal\""),
        line(2, ""));
    assertThat(send("otlp " + receiver.address(), "")).isTrue();
    assertThat(receiver.got)
        .singleElement()
        .satisfies(got -> assertThat(got.body()).contains("00002").doesNotContain("00001"));
  }
}
