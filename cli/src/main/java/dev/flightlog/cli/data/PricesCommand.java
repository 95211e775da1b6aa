package dev.flightlog.cli.data;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.RegularFile;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.usage.ModelPrice;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.home.Home;
import dev.flightlog.wording.SafeText;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code prices}: what models cost here, whether one's own table is right, and entries of it. */
public final class PricesCommand implements Command {
  private static final String FILE = "prices.json";

  private static final Map<String, String> RATES =
      Map.of(
          "--input", "input",
          "--output", "output",
          "--cache-read", "cache_read",
          "--cache-write", "cache_write");

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "prices",
            "List the prices of models, in US dollars per million tokens; 'check' judges your own table, prices.json in"
                + " the home; 'set MODEL' writes one of its entries. A new price counts for old calls, too.")
        .takes("[list|check|set MODEL]", 0, 2)
        .with(
            Option.text("--input", "USD", "set: a million input tokens"),
            Option.text("--output", "USD", "set: a million output tokens"),
            Option.text("--cache-read", "USD", "set: a million tokens read from the cache"),
            Option.text("--cache-write", "USD", "set: a million tokens written to the cache"))
        .example(
            "flightlog prices",
            "flightlog prices check",
            "flightlog prices set my-model --input 3 --output 15 --cache-read 0.3");
  }

  @Override
  public int run(Invocation call) throws IOException {
    List<String> words = call.arguments();
    String action = words.isEmpty() ? "list" : words.getFirst();
    switch (action) {
      case "list" -> list(call);
      case "check" -> {
        return check(call);
      }
      case "set" -> {
        if (words.size() < 2) {
          throw CommandException.usage("prices set needs the name of a MODEL");
        }
        set(words.get(1), call);
      }
      default ->
          throw CommandException.usage(
              "prices has no action '"
                  + SafeText.shortened(action, 40)
                  + "'; there are list, check and set");
    }
    return CommandException.OK;
  }

  private static Path file(Home home) {
    return home.path().resolve(FILE);
  }

  private static void list(Invocation call) {
    Prices prices = Prices.load(file(call.home()));
    prices.problems().forEach(call.console()::say);
    Table table =
        new Table(
            List.of(
                "model", "input", "output", "cache_read", "cache_write", "cache_write_1h", "own"));
    for (ModelPrice price : prices.models()) {
      table.add(
          price.names().getFirst(),
          million(price.rates().input()),
          million(price.rates().output()),
          million(price.rates().cacheRead()),
          million(price.rates().cacheWrite5m()),
          million(price.rates().cacheWrite1h()),
          price.own());
    }
    table.print(call.format(), call.console().out(), call.console().screen());
    call.console().out().flush();
    if (call.format() == Format.TEXT) {
      call.console().say("US dollars per million tokens, as of " + prices.date());
    }
  }

  private static BigDecimal million(double perToken) {
    BigDecimal dollars =
        BigDecimal.valueOf(perToken * 1e6).round(new MathContext(8)).stripTrailingZeros();
    return dollars.scale() < 0 ? dollars.setScale(0) : dollars;
  }

  private static int check(Invocation call) {
    Path file = file(call.home());
    List<String> problems = Prices.load(file).problems();
    if (problems.isEmpty()) {
      call.console()
          .say(
              Files.exists(file)
                  ? file + " is right"
                  : "there is no table of your own (" + file + "): the built-in prices hold");
      return CommandException.OK;
    }
    problems.forEach(call.console()::say);
    return CommandException.FAILED;
  }

  private static void set(String model, Invocation call) throws IOException {
    if (model.isBlank()) {
      throw CommandException.usage("prices set needs the name of a MODEL");
    }
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("names", List.of(model));
    for (String option : List.of("--input", "--output", "--cache-read", "--cache-write")) {
      Optional<BigDecimal> price = price(option, call);
      price.ifPresent(dollars -> entry.put(RATES.get(option), dollars));
    }
    if (!entry.containsKey("input") || !entry.containsKey("output")) {
      throw CommandException.usage(
          "prices set needs --input and --output, in US dollars per million tokens");
    }
    Path file = call.home().file(FILE);
    Map<String, @Nullable Object> table = table(file);
    List<@Nullable Object> models = new ArrayList<>();
    if (table.get("models") instanceof List<?> known) {
      known.stream().filter(each -> !isOf(model, each)).forEach(models::add);
    }
    models.add(entry);
    table.put("models", models);
    AtomicFile.write(file, new JsonWriter().value(table).append('\n').toByteArray());
    call.console().say("the price of " + model + " is in " + file);
    Prices.load(file).problems().forEach(call.console()::say);
  }

  private static Optional<BigDecimal> price(String option, Invocation call) {
    String text = call.option(option);
    if (text == null) {
      return Optional.empty();
    }
    if (!text.matches("[0-9]{1,5}(\\.[0-9]{1,9})?")) {
      throw CommandException.usage(
          option
              + " is US dollars per million tokens such as 0.25, not '"
              + SafeText.shortened(text, 40)
              + "'");
    }
    BigDecimal price = new BigDecimal(text);
    if (price.compareTo(BigDecimal.valueOf(10_000)) > 0) {
      throw CommandException.usage(option + " is at most 10000 US dollars per million tokens");
    }
    return Optional.of(price);
  }

  private static boolean isOf(String model, @Nullable Object entry) {
    return entry instanceof Map<?, ?> map
        && map.get("names") instanceof List<?> names
        && names.equals(List.of(model));
  }

  private static Map<String, @Nullable Object> table(Path file) throws IOException {
    Map<String, @Nullable Object> table = new LinkedHashMap<>();
    if (Files.exists(file)) {
      byte[] json = RegularFile.read(file);
      int from = json.length >= 3 && json[0] == (byte) 0xef ? 3 : 0;
      try {
        JsonReader reader = new JsonReader().reset(json, from, json.length);
        if (reader.value() instanceof Map<?, ?> map) {
          map.forEach((key, value) -> table.put(String.valueOf(key), value));
          return table;
        }
      } catch (JsonException e) {
        // Told below.
      }
      throw CommandException.failed(
          file + " is no table of prices: mend it, or move it away; see: flightlog prices check");
    }
    return table;
  }
}
