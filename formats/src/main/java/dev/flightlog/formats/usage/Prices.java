package dev.flightlog.formats.usage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What models charge: the built-in table with its source and date, and a user's own table before
 * it. A model that is in neither has no known price and no known window. Safe for any thread.
 *
 * <p>How an event is priced, by whoever needs it:
 *
 * <ul>
 *   <li>{@code details.billing} is {@code told}: the source told {@code details.cost_usd}; that
 *       holds.
 *   <li>else {@link #rates} of its {@code model} and {@code billing}, times its {@code
 *       input_tokens}, {@code output_tokens}, {@code cache_read_tokens}, {@code
 *       cache_write_tokens}, {@code cache_write_1h_tokens} and {@code web_searches}. These are
 *       sums, so whole groups of events with one model and billing can be priced at once.
 *   <li>else, where the model has no price: a {@code cost_usd} that was kept when it had one.
 *   <li>else the cost is unknown, never zero.
 * </ul>
 */
public final class Prices {
  private static final String TABLE = "prices.json";

  private final Map<String, ModelPrice> models;
  private final PriceTable builtIn;
  private final List<String> problems;
  private final Map<String, Optional<Found>> found = new ConcurrentHashMap<>();

  private record Found(ModelPrice price, boolean bound, boolean fast) {}

  private Prices(PriceTable builtIn, PriceTable own) {
    this.builtIn = builtIn;
    this.models = new HashMap<>();
    builtIn.models().forEach(this::add);
    own.models().forEach(this::add);
    this.problems = own.problems();
  }

  private void add(ModelPrice price) {
    price.names().forEach(name -> models.put(ModelNames.of(name), price));
  }

  /** The built-in table alone. */
  public static Prices builtIn() {
    return new Prices(table(), PriceTable.EMPTY);
  }

  /**
   * The built-in table, under the user's own where that file exists. Entries of it that cannot be
   * used are left out and told by {@link #problems}; so is a file that cannot be read.
   */
  public static Prices load(@Nullable Path own) {
    return new Prices(table(), own == null ? PriceTable.EMPTY : PriceTable.own(own));
  }

  private static PriceTable table() {
    try (InputStream in = Prices.class.getResourceAsStream(TABLE)) {
      return PriceTable.read(Objects.requireNonNull(in, TABLE).readAllBytes(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with the user's own table: where, what, and how to mend it. */
  public List<String> problems() {
    return problems;
  }

  /** Where the built-in prices come from. */
  public String source() {
    return builtIn.source();
  }

  /** The day on which the built-in prices were right, such as {@code 2026-08-30}. */
  public String date() {
    return builtIn.date();
  }

  /** Every model with a price, the user's own first. */
  public List<ModelPrice> models() {
    List<ModelPrice> all = new ArrayList<>(new LinkedHashSet<>(models.values()));
    all.sort((a, b) ->
        a.own() != b.own()
            ? (a.own() ? -1 : 1)
            : a.names().getFirst().compareTo(b.names().getFirst()));
    return all;
  }

  /** The cost of one response in US dollars, or NaN when the model's price is not known. */
  public double cost(@Nullable String model, Usage usage) {
    Rates rates = rates(model, usage.billingText());
    return rates == null ? Double.NaN : rates.cost(usage);
  }

  /**
   * The rates of calls of this model that are billed in this way; null when its price is not known.
   *
   * @param billing the detail {@link Billing#DETAIL} of an event
   */
  public @Nullable Rates rates(@Nullable String model, @Nullable String billing) {
    Found known = find(model);
    if (known == null) {
      return null;
    }
    Billing.Parsed parsed = Billing.Parsed.of(billing);
    if (known.fast && parsed.tier() == null) {
      parsed = new Billing.Parsed("fast", parsed.place(), parsed.above());
    }
    return known.price.rates(parsed, known.bound);
  }

  /** The context window that holds so many tokens, or 0 when it is not known. */
  public long window(@Nullable String model, long tokens) {
    Found known = find(model);
    return known == null
        ? 0
        : tokens <= known.price.window() ? known.price.window() : known.price.largeWindow();
  }

  private @Nullable Found find(@Nullable String model) {
    return model == null ? null : found.computeIfAbsent(model, this::look).orElse(null);
  }

  private Optional<Found> look(String model) {
    ModelNames.Folded folded = ModelNames.fold(model);
    ModelPrice price = models.get(folded.name());
    for (String name = folded.name(); price == null && name != null; ) {
      name = ModelNames.other(name);
      price = name == null ? null : models.get(name);
    }
    return price == null
        ? Optional.empty()
        : Optional.of(new Found(price, folded.bound(), folded.fast()));
  }
}
