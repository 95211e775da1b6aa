package dev.flightlog.benchmarks.importing;

import dev.flightlog.stores.clickhouse.rows.EventBlock;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Inserts a file of rows in ClickHouse's own format. Arguments: HOST USER PASSWORD DATABASE FILE.
 */
final class NativeInsertProcess {
  private NativeInsertProcess() {}

  public static void main(String[] arguments) throws Exception {
    String sql =
        "INSERT INTO "
            + arguments[3]
            + ".events ("
            + EventBlock.columns()
            + ") SETTINGS max_partitions_per_insert_block = 0 FORMAT Native";
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(
                      "http://"
                          + arguments[0]
                          + "/?query="
                          + URLEncoder.encode(sql, StandardCharsets.UTF_8)))
              .header("X-ClickHouse-User", arguments[1])
              .header("X-ClickHouse-Key", arguments[2])
              .POST(BodyPublishers.ofFile(Path.of(arguments[4])))
              .build();
      var response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(response.body());
      }
    }
  }
}
