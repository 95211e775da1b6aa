package dev.flightlog.benchmarks.importing;

import dev.flightlog.event.Field;
import dev.flightlog.stores.clickhouse.rows.EventBlock;
import dev.flightlog.stores.clickhouse.rows.EventRow;
import dev.flightlog.stores.testserver.ClickHouseNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The server of this benchmark: what it costs, and what it holds. For one thread. */
record IntakeServer(ClickHouseNode node) {
  private static final int QUIET_LOOKS = 10;
  private static final long LOOK_MS = 100;

  /** The only child of this process that runs on. */
  long pid() {
    return server().pid();
  }

  private static ProcessHandle server() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the server is gone"));
  }

  double cpuSeconds() {
    return cpuSeconds(server());
  }

  /** The processor time of a process until now. */
  static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /** The processor time when nothing is merged any more. */
  double settled() throws InterruptedException {
    for (int quiet = 0; quiet < QUIET_LOOKS; ) {
      quiet = node.query("SELECT count() FROM system.merges").equals("0") ? quiet + 1 : 0;
      Thread.sleep(LOOK_MS);
    }
    return cpuSeconds();
  }

  long bytes(String database, String table) {
    return Long.parseLong(
        node.query(
            "SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database = '"
                + database
                + "' AND table = '"
                + table
                + "'"));
  }

  /** All rows as an insert sends them, in the order in which they came. */
  byte[] rows(String database) throws IOException, InterruptedException {
    return answer(
        "SELECT "
            + EventBlock.columns()
            + " FROM "
            + database
            + ".events ORDER BY arrival, place FORMAT Native",
        "identity",
        "");
  }

  /** The size of all events as JSON through {@code zstd -3}. */
  long compressed(String database) {
    String sql =
        "SELECT "
            + EventRow.columns()
            + " FROM "
            + database
            + ".events ORDER BY "
            + EventRow.column(Field.TIMESTAMP)
            + ", event_id FORMAT JSONEachRow";
    try {
      return answer(sql, "zstd", "&enable_http_compression=1&http_zlib_compression_level=3").length;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private byte[] answer(String sql, String encoding, String more)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(
                      "http://"
                          + node.host()
                          + "/?query="
                          + URLEncoder.encode(sql, StandardCharsets.UTF_8)
                          + more))
              .header("X-ClickHouse-User", node.user())
              .header("X-ClickHouse-Key", node.password())
              .header("Accept-Encoding", encoding)
              .POST(BodyPublishers.noBody())
              .build();
      var response = client.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IOException(new String(response.body(), StandardCharsets.UTF_8));
      }
      return response.body();
    }
  }
}
