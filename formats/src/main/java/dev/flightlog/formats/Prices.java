package dev.flightlog.formats;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model charges and how much it can hold: the table {@code prices.json} with its source and
 * date, a user's own table first. A model that is in neither has no known price and no known
 * window. Safe for any thread.
 */
public final class Prices {
  private static final String TABLE = "prices.json";
  private static final long LONG_CONTEXT = 200_000;

  private final Map<String, Model> models;
  private final Map<String, Optional<Model>> found = new ConcurrentHashMap<>();

  private Prices(Map<String, Model> models) {
    this.models = models;
  }

  /** US dollars per million tokens of each kind. */
  private record Rates(double input, double output, double read, double write5m, double write1h) {}

  private record Model(Rates rates, @Nullable Rates above200k, long window, long largeWindow) {}

  /**
   * The built-in table, under the user's own when that file exists.
   *
   * @throws IOException when the user's table cannot be read; the message says where and how to
   *     mend it
   */
  public static Prices load(@Nullable Path own) throws IOException {
    Map<String, Model> models = new HashMap<>();
    try (InputStream in = Prices.class.getResourceAsStream(TABLE)) {
      read(Objects.requireNonNull(in, TABLE).readAllBytes(), models);
    }
    if (own != null && Files.isRegularFile(own)) {
      try {
        read(Files.readAllBytes(own), models);
      } catch (IOException | JsonException | ClassCastException e) {
        throw new IOException(
            "The price table "
                + own
                + " cannot be read ("
                + e.getMessage()
                + "). Correct it or move it away; its form is told in docs/format/transcripts.md.",
            e);
      }
    }
    return new Prices(models);
  }

  /**
   * The cost of one response in US dollars, or NaN when the model's prices are not known. Where a
   * model charges more for long contexts, that holds for the part of each count above 200,000.
   */
  public double cost(@Nullable String model, Usage usage) {
    Model known = find(model);
    if (known == null) {
      return Double.NaN;
    }
    Rates low = known.rates;
    Rates high = known.above200k == null ? low : known.above200k;
    double dollars =
        part(usage.input(), low.input, high.input)
            + part(usage.output(), low.output, high.output)
            + part(usage.cacheRead(), low.read, high.read)
            + part(usage.cacheWrite() - usage.cacheWrite1h(), low.write5m, high.write5m)
            + part(usage.cacheWrite1h(), low.write1h, high.write1h);
    return dollars / 1e6;
  }

  /** The context window that holds so many tokens, or 0 when it is not known. */
  public long window(@Nullable String model, long tokens) {
    Model known = find(model);
    return known == null ? 0 : tokens <= known.window ? known.window : known.largeWindow;
  }

  private static double part(long tokens, double low, double high) {
    return tokens <= LONG_CONTEXT
        ? tokens * low
        : LONG_CONTEXT * low + (tokens - LONG_CONTEXT) * high;
  }

  private @Nullable Model find(@Nullable String model) {
    if (model == null) {
      return null;
    }
    return found.computeIfAbsent(model, this::look).orElse(null);
  }

  private Optional<Model> look(String model) {
    Model exact = models.get(model);
    return Optional.ofNullable(exact != null ? exact : models.get(plain(model)));
  }

  /** The name without provider, region, date and variant. */
  private static String plain(String model) {
    String name = model.substring(model.lastIndexOf('/') + 1);
    int anthropic = name.indexOf("anthropic.");
    if (anthropic >= 0) {
      name = name.substring(anthropic + "anthropic.".length());
    }
    name = name.replaceFirst("-v\\d+(:\\d+)?$", "").replaceFirst("\\[[^]]*]$", "");
    return name.replaceFirst("[-@]\\d{4}-?\\d{2}-?\\d{2}$", "").replaceFirst("-latest$", "");
  }

  private static void read(byte[] json, Map<String, Model> into) {
    Object table = new JsonReader().reset(json, 0, json.length).value();
    for (Object entry : list(map(table).get("models"))) {
      Map<?, ?> model = map(entry);
      Rates rates = rates(model);
      Object above = model.get("above_200k");
      long window = (long) number(model, "context_window", 0);
      long large = (long) number(model, "context_window_large", window);
      Model read = new Model(rates, above == null ? null : rates(map(above)), window, large);
      for (Object name : list(model.get("names"))) {
        into.put(String.valueOf(name), read);
      }
    }
  }

  private static Rates rates(Map<?, ?> model) {
    double input = number(model, "input", 0);
    double write = number(model, "cache_write_5m", input);
    return new Rates(
        input,
        number(model, "output", 0),
        number(model, "cache_read", input),
        write,
        number(model, "cache_write_1h", write));
  }

  private static double number(Map<?, ?> map, String key, double otherwise) {
    return map.get(key) instanceof Number number ? number.doubleValue() : otherwise;
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value == null ? Map.of() : (Map<?, ?>) value;
  }

  private static List<?> list(@Nullable Object value) {
    return value == null ? List.of() : (List<?>) value;
  }
}
