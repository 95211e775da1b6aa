package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.server.metrics.Exposition;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of a real server, read as Prometheus reads them. */
class MetricsTest {
  private static final Pattern LISTED =
      Pattern.compile("(?m)^\\| `([a-z_]+)(?:\\{[a-z, ]+})?` \\|");

  @TempDir Path user;

  @Test
  void everythingThatAServerTellsIsValidInBothFormatsAndListedInTheGuide() throws Exception {
    Shell shell = new Shell(user);
    assertThat(shell.call("import", shell.transcript("a", "make: failed").toString())).isZero();
    try (ServeProcess server = new ServeProcess(shell.home, "a-secret", user.resolve("err"))) {
      assertThat(server.get("/api/ask/errors").statusCode()).isEqualTo(200);
      assertThat(server.get("/nowhere").statusCode()).isEqualTo(404);
      assertThat(server.get("/api/ask/errors", "Origin", "http://elsewhere").statusCode())
          .isEqualTo(403);

      HttpResponse<String> plain = server.get("/metrics");
      HttpResponse<String> open =
          server.get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");

      assertThat(plain.headers().firstValue("Content-Type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
      assertThat(open.headers().firstValue("Content-Type"))
          .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
      Exposition read = Exposition.read(plain.body(), false);
      assertThat(read.problems).isEmpty();
      assertThat(Exposition.read(open.body(), true).problems).isEmpty();
      assertThat(read.values)
          .containsEntry("flightlog_store_up{}", 1.0)
          .containsEntry("flightlog_queue_up{}", 1.0)
          .containsEntry("flightlog_import_failing{}", 0.0)
          .containsEntry("flightlog_questions_total{question=errors, outcome=answered}", 1.0)
          .containsEntry("flightlog_question_duration_seconds_count{question=errors}", 1.0)
          .containsEntry(
              "flightlog_http_requests_total{method=GET, route=/api/ask/errors, status=200}", 1.0)
          .containsEntry("flightlog_http_requests_total{method=none, route=none, status=404}", 1.0)
          .containsEntry("flightlog_http_requests_total{method=none, route=none, status=403}", 1.0);
      assertThat(read.value("flightlog_store_events{}")).isGreaterThanOrEqualTo(2);
      assertThat(read.value("flightlog_store_size_bytes{}")).isPositive();
      assertThat(read.value("flightlog_recorder_events_offered_total{}"))
          .isEqualTo(
              read.value("flightlog_recorder_events_written_total{}")
                  + read.value("flightlog_recorder_events_dropped_total{}")
                  + read.value("flightlog_recorder_events_pending{}"));
      assertThat(listed()).containsAll(read.kinds.keySet());
      assertThat(read.kinds.keySet())
          .contains("jvm_memory_used_bytes", "flightlog_import_lag_seconds");
    }
  }

  private static Set<String> listed() throws Exception {
    Set<String> names = new TreeSet<>();
    Matcher row = LISTED.matcher(Files.readString(Path.of("../docs/guide/operations.md")));
    while (row.find()) {
      names.add(row.group(1));
    }
    return names;
  }
}
