package dev.flightlog.runs.reconciliation;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.runs.files.RunException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Usage and costs as providers export them: the pages of OpenAI's usage and costs endpoints, those
 * of Anthropic's usage and cost reports, one or several in a file, one after the other; and lines
 * of a proxy ({@code timestamp model input_tokens output_tokens …}, one a request).
 */
final class ProviderReport {
  private final Map<String, UsageBucket> buckets = new LinkedHashMap<>();

  /** What the key of a bucket of costs begins with. */
  static final String COST = "cost ";

  private static final long A_MINUTE = 60_000_000;

  private final Map<String, Tokens> proxied = new LinkedHashMap<>();
  private final Set<String> proxiedIds = new HashSet<>();
  private final Path file;
  private long line;
  private long proxiedFrom = Long.MAX_VALUE;
  private long proxiedTo = Long.MIN_VALUE;

  private ProviderReport(Path file) {
    this.file = file;
  }

  /**
   * Reads files; what is reported twice counts once, as it is told last.
   *
   * @throws RunException when a file is cut, or of no known form; nothing of it counts then
   */
  static List<UsageBucket> read(List<Path> files) throws IOException {
    Map<String, UsageBucket> all = new LinkedHashMap<>();
    for (Path file : files) {
      ProviderReport report = new ProviderReport(file);
      report.read();
      all.putAll(report.buckets);
    }
    return List.copyOf(all.values());
  }

  private void read() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new RunException("there is no file " + file);
    }
    byte[] bytes = Files.readAllBytes(file);
    for (Object value : values(bytes)) {
      line++;
      if (!(value instanceof Map<?, ?> map)) {
        throw unknown("a value that is no object");
      }
      if (map.get("data") instanceof List<?> pages) {
        pages.forEach(this::bucket);
      } else if (map.get("object") instanceof String kind && kind.equals("bucket")
          || map.get("starting_at") instanceof String) {
        bucket(map);
      } else if (map.get("timestamp") instanceof String time) {
        proxied(map, time);
      } else {
        throw unknown("an object with the keys " + map.keySet());
      }
    }
    if (line == 0) {
      throw unknown("nothing");
    }
    endProxied();
  }

  /** One document, or one on each line. */
  private List<Object> values(byte[] bytes) {
    try {
      Object whole = whole(bytes);
      return whole == null ? List.of() : List.of(whole);
    } catch (JsonException notOne) {
      List<Object> values = new ArrayList<>();
      for (String each : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
        if (each.isBlank()) {
          continue;
        }
        byte[] one = each.getBytes(StandardCharsets.UTF_8);
        try {
          Object value = whole(one);
          values.add(value == null ? "null" : value);
        } catch (JsonException e) {
          throw new RunException(
              file
                  + " is cut or no JSON ("
                  + notOne.getMessage()
                  + "); export it again. Nothing of it was counted",
              e);
        }
      }
      return values;
    }
  }

  private static @Nullable Object whole(byte[] bytes) {
    JsonReader json = new JsonReader().reset(bytes, 0, bytes.length);
    Object value = json.value();
    json.finish();
    return value;
  }

  private RunException unknown(String what) {
    return new RunException(
        file
            + " holds "
            + what
            + " where a usage or cost report of OpenAI or Anthropic, or a line of a proxy with"
            + " timestamp, model and tokens, was expected. Nothing of it was counted");
  }

  private void bucket(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> bucket)
        || !(bucket.get("results") instanceof List<?> results)) {
      throw unknown("a bucket without results");
    }
    long from = time(bucket, "start_time", "starting_at");
    long to = time(bucket, "end_time", "ending_at");
    for (Object each : results) {
      if (!(each instanceof Map<?, ?> result)) {
        throw unknown("a result that is no object");
      }
      Tokens tokens = tokens(result);
      BigDecimal cost = cost(result);
      add(from, to, result, tokens, cost);
    }
  }

  private long time(Map<?, ?> bucket, String seconds, String text) {
    if (bucket.get(seconds) instanceof Long since) {
      return since * 1_000_000;
    }
    if (bucket.get(text) instanceof String time) {
      try {
        return Timestamps.of(Instant.parse(time));
      } catch (java.time.DateTimeException e) {
        throw unknown("the time '" + time + "'");
      }
    }
    throw unknown("a bucket without " + seconds + " or " + text);
  }

  /** OpenAI counts cached input within its input, Anthropic apart. */
  private static Tokens tokens(Map<?, ?> result) {
    long cached = whole(result, "input_cached_tokens");
    long writes = whole(result, "cache_creation_input_tokens");
    if (result.get("cache_creation") instanceof Map<?, ?> kinds) {
      writes +=
          whole(kinds, "ephemeral_1h_input_tokens") + whole(kinds, "ephemeral_5m_input_tokens");
    }
    long uncached =
        result.containsKey("uncached_input_tokens")
            ? whole(result, "uncached_input_tokens")
            : Math.max(0, whole(result, "input_tokens") - cached);
    return new Tokens(
        uncached,
        cached + whole(result, "cache_read_input_tokens"),
        writes,
        whole(result, "output_tokens"),
        whole(result, "num_model_requests"));
  }

  private static long whole(Map<?, ?> map, String key) {
    return map.get(key) instanceof Long number ? Math.max(0, number) : 0;
  }

  /** OpenAI's amounts are dollars, Anthropic's are cents in a text. */
  private BigDecimal cost(Map<?, ?> result) {
    if (result.get("amount") instanceof Map<?, ?> amount
        && amount.get("value") instanceof Number dollars) {
      return new BigDecimal(dollars.toString());
    }
    if (result.get("amount") instanceof String cents) {
      try {
        return new BigDecimal(cents).movePointLeft(2);
      } catch (NumberFormatException e) {
        throw unknown("the amount '" + cents + "'");
      }
    }
    return BigDecimal.ZERO;
  }

  private void add(long from, long to, Map<?, ?> result, Tokens tokens, BigDecimal cost) {
    StringBuilder key = new StringBuilder().append(from).append(' ').append(to);
    result.entrySet().stream()
        .filter(each -> each.getValue() instanceof String || each.getValue() instanceof Boolean)
        .filter(each -> !"amount".equals(each.getKey()))
        .map(each -> each.getKey() + "=" + each.getValue())
        .sorted()
        .forEach(each -> key.append(' ').append(each));
    String model = result.get("model") instanceof String name ? name : "";
    String whole = (result.containsKey("amount") ? COST : "usage ") + key;
    buckets.put(whole, new UsageBucket(from, to, model, whole, tokens, cost));
  }

  /** Requests that went through a proxy make one bucket, somewhat longer than their times. */
  private void proxied(Map<?, ?> request, String time) {
    long micros = Timestamps.parse(time);
    if (micros == Timestamps.NONE) {
      throw unknown("the time '" + time + "'");
    }
    String id = request.get("request_id") instanceof String told ? told : "line " + line;
    if (!proxiedIds.add(id)) {
      return;
    }
    proxiedFrom = Math.min(proxiedFrom, micros);
    proxiedTo = Math.max(proxiedTo, micros);
    String model = request.get("model") instanceof String name ? name : "";
    Tokens told = tokens(request);
    Tokens one =
        new Tokens(told.uncachedInput(), told.cacheRead(), told.cacheWrite(), told.output(), 1);
    proxied.merge(model, one, Tokens::plus);
  }

  private void endProxied() {
    long from = proxiedFrom - A_MINUTE;
    long to = proxiedTo + A_MINUTE;
    proxied.forEach((model, tokens) -> {
      String key = "proxy " + from + " " + to + " " + model;
      buckets.put(key, new UsageBucket(from, to, model, key, tokens, BigDecimal.ZERO));
    });
  }
}
