package dev.flightlog.formats.usage;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One table of prices in its JSON form, checked entry by entry. Told in docs/guide/prices.md. */
record PriceTable(String source, String date, List<ModelPrice> models, List<String> problems) {
  static final PriceTable EMPTY = new PriceTable("", "", List.of(), List.of());

  /** US dollars per million tokens; nothing costs more. */
  private static final double MOST = 10_000;

  private static final double MILLION = 1e6;
  private static final double SEARCH = 10;

  /** The user's table; no file is an empty one. */
  static PriceTable own(Path file) {
    if (!Files.isRegularFile(file)) {
      return EMPTY;
    }
    try {
      PriceTable table = read(Files.readAllBytes(file), true);
      List<String> told = table.problems.stream().map(problem -> file + ": " + problem).toList();
      return new PriceTable(table.source, table.date, table.models, told);
    } catch (IOException | JsonException e) {
      return new PriceTable(
          "",
          "",
          List.of(),
          List.of(
              "the price table "
                  + file
                  + " cannot be read ("
                  + e.getMessage()
                  + "), so only built-in prices hold; correct it, or move it away"));
    }
  }

  static PriceTable read(byte[] json, boolean own) {
    List<ModelPrice> models = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    int start = json.length >= 3 && json[0] == (byte) 0xef ? 3 : 0;
    JsonReader reader = new JsonReader().reset(json, start, json.length);
    Object value = reader.value();
    reader.finish();
    if (!(value instanceof Map<?, ?> top) || !(top.get("models") instanceof List<?> entries)) {
      problems.add("it is not an object with a list \"models\"");
      return new PriceTable("", "", models, problems);
    }
    Set<String> met = new HashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = new Entry(entries.get(i), own);
      ModelPrice price = entry.read();
      String where = "entry " + (i + 1) + (entry.name == null ? "" : " (" + entry.name + ")");
      if (price == null) {
        problems.add(where + " is left out: " + entry.problem);
        continue;
      }
      String twice =
          price.names().stream()
              .filter(name -> !met.add(ModelNames.of(name)))
              .findFirst()
              .orElse(null);
      if (twice != null) {
        problems.add(where + " gives " + twice + " a second price; the last one holds");
      }
      models.add(price);
    }
    return new PriceTable(text(top.get("source")), text(top.get("date")), models, problems);
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }

  /** One entry, and what is wrong with it. */
  private static final class Entry {
    private final @Nullable Object value;
    private final boolean own;
    private @Nullable String name;
    private String problem = "";

    Entry(@Nullable Object value, boolean own) {
      this.value = value;
      this.own = own;
    }

    @Nullable ModelPrice read() {
      if (!(value instanceof Map<?, ?> map)) {
        return wrong("it is not an object");
      }
      List<String> names = new ArrayList<>();
      if (map.get("names") instanceof List<?> list) {
        list.forEach(each -> names.add(each instanceof String text ? text.strip() : ""));
      }
      if (names.isEmpty() || names.contains("")) {
        return wrong("\"names\" is not a list of names of models");
      }
      name = names.getFirst();
      if (map.get("input") == null || map.get("output") == null) {
        return wrong("\"input\" and \"output\" are needed, in US dollars per million tokens");
      }
      Rates rates = rates(map, null);
      Map<String, Rates> tiers = new HashMap<>();
      if (map.get("tiers") instanceof Map<?, ?> listed) {
        listed.forEach((tier, of) -> {
          if (of instanceof Map<?, ?> each) {
            tiers.put(String.valueOf(tier), rates(each, null));
          }
        });
      }
      long above = 0;
      Rates large = null;
      if (map.get("long_context") instanceof Map<?, ?> of) {
        above = (long) number(of, "above", 0);
        large = rates(of, rates);
        if (Billing.above(above + 1) != above) {
          return wrong(
              "\"long_context.above\" is "
                  + above
                  + "; it can be 128000, 200000, 256000 or 272000");
        }
      } else if (map.get("above_200k") instanceof Map<?, ?> of) {
        above = 200_000;
        large = rates(of, rates);
      }
      double place = number(map, "place_factor", 1);
      long window = (long) number(map, "context_window", 0);
      long largeWindow = (long) number(map, "context_window_large", window);
      if (!problem.isEmpty()) {
        return null;
      }
      return new ModelPrice(
          List.copyOf(names), rates, tiers, above, large, place, window, largeWindow, own);
    }

    private @Nullable ModelPrice wrong(String what) {
      problem = what;
      return null;
    }

    private Rates rates(Map<?, ?> map, @Nullable Rates otherwise) {
      double input = price(map, "input", otherwise == null ? 0 : otherwise.input() * MILLION);
      double output = price(map, "output", otherwise == null ? 0 : otherwise.output() * MILLION);
      double write = price(map, "cache_write_5m", price(map, "cache_write", input));
      return new Rates(
          input / MILLION,
          output / MILLION,
          price(map, "cache_read", input) / MILLION,
          write / MILLION,
          price(map, "cache_write_1h", map.get("cache_write_5m") == null ? write : input * 2)
              / MILLION,
          price(map, "web_search", SEARCH) / 1000);
    }

    private double price(Map<?, ?> map, String key, double otherwise) {
      double price = number(map, key, otherwise);
      if (problem.isEmpty() && (price < 0 || price > MOST || Double.isNaN(price))) {
        problem =
            "\""
                + key
                + "\" is "
                + map.get(key)
                + "; a price is between 0 and 10000 US dollars"
                + " per million tokens";
      }
      return price;
    }

    private double number(Map<?, ?> map, String key, double otherwise) {
      Object given = map.get(key);
      if (given == null) {
        return otherwise;
      }
      if (!(given instanceof Number number)) {
        problem = "\"" + key + "\" is " + given + ", not a number";
        return otherwise;
      }
      return number.doubleValue();
    }
  }
}
