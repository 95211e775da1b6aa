package dev.flightlog.stores.clickhouse.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Statements as requests of ClickHouse's interface over HTTP. Stateless. */
record Requests(Servers servers) {
  /** Beyond the time that a statement may take: the server says itself that it took too long. */
  private static final int MORE_SECONDS = 10;

  /**
   * What ClickHouse has when nothing is told; the definition of a table has to fit into it, too.
   */
  private static final int QUERY_SIZE = 262_144;

  HttpRequest of(String host, Query query) {
    Map<String, String> parameters = new TreeMap<>(query.settings());
    parameters.put("max_execution_time", Long.toString(Math.max(1, query.patience().toSeconds())));
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .timeout(query.patience().plusSeconds(MORE_SECONDS))
            .header("X-ClickHouse-User", servers.user())
            .header("X-ClickHouse-Key", servers.password());
    byte @Nullable [] rows = query.body();
    if (rows != null) {
      parameters.put("query", query.sql());
      request.POST(BodyPublishers.ofByteArray(rows));
    } else {
      byte[] sql = query.sql().getBytes(StandardCharsets.UTF_8);
      parameters.put("max_query_size", Integer.toString(Math.max(sql.length + 1024, QUERY_SIZE)));
      if (query.tables().isEmpty()) {
        request.POST(BodyPublishers.ofByteArray(sql));
      } else {
        query
            .tables()
            .forEach((name, table) -> {
              parameters.put(name + "_format", "RowBinary");
              parameters.put(name + "_structure", table.structure());
            });
        String boundary = "flightlog" + UUID.randomUUID();
        request
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofByteArray(form(sql, query.tables(), boundary)));
      }
    }
    return request.uri(uri(host, parameters)).build();
  }

  private URI uri(String host, Map<String, String> parameters) {
    StringBuilder uri = new StringBuilder(servers.tls() ? "https://" : "http://");
    uri.append(host).append('/');
    char by = '?';
    for (Map.Entry<String, String> each : parameters.entrySet()) {
      uri.append(by)
          .append(each.getKey())
          .append('=')
          .append(URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8));
      by = '&';
    }
    return URI.create(uri.toString());
  }

  /** The statement as a field of a form, and each table as a file of it. */
  private static byte[] form(byte[] sql, Map<String, Query.SentTable> tables, String boundary) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    part(form, boundary, "query", "", sql);
    tables.forEach(
        (name, table) -> part(form, boundary, name, "; filename=\"" + name + "\"", table.rows()));
    form.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return form.toByteArray();
  }

  private static void part(
      ByteArrayOutputStream form, String boundary, String name, String more, byte[] content) {
    String head =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\""
            + name
            + "\""
            + more
            + "\r\n\r\n";
    form.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    form.writeBytes(content);
    form.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
  }
}
