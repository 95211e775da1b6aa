package dev.flightlog.analysis.ask;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Model calls: how many, their tokens by kind, and what they cost by today's prices. A cost that
 * the source itself told holds; else tokens are priced; else a cost that was kept counts; else it
 * is unknown, never zero. Immutable.
 *
 * @param calls model calls
 * @param input cached input left out; like the next four null when no call tells
 * @param tokens of all kinds
 * @param cost US dollars of calls of known price; null without any
 * @param priced calls whose cost is known
 */
public record ModelUse(
    long calls,
    @Nullable Long input,
    @Nullable Long output,
    @Nullable Long cacheRead,
    @Nullable Long cacheWrite,
    @Nullable Long tokens,
    @Nullable Double cost,
    long priced) {
  private static final Attribute BILLING = Attribute.detail("billing");
  private static final String TOLD = "told";
  private static final Dimension BY_BILLING = new Dimension.ByAttribute(BILLING);
  private static final Measure INPUT = Measure.sum(Attribute.detail("input_tokens"));
  private static final Measure OUTPUT = Measure.sum(Attribute.detail("output_tokens"));
  private static final Measure CACHE_READ = Measure.sum(Attribute.detail("cache_read_tokens"));
  private static final Measure CACHE_WRITE = Measure.sum(Attribute.detail("cache_write_tokens"));
  private static final Measure CACHE_WRITE_1H =
      Measure.sum(Attribute.detail("cache_write_1h_tokens"));
  private static final Measure SEARCHES = Measure.sum(Attribute.detail("web_searches"));
  private static final Measure WITH_TOKENS = Measure.countOf(Events.TOKENS);
  private static final Measure WITH_COST = Measure.countOf(Events.COST);

  private static final List<Measure> MEASURES =
      List.of(
          Measures.EVENTS,
          INPUT,
          OUTPUT,
          CACHE_READ,
          CACHE_WRITE,
          CACHE_WRITE_1H,
          SEARCHES,
          Measures.TOKENS,
          WITH_TOKENS,
          Measures.COST,
          WITH_COST);

  /** What is paid for. */
  public static final List<String> KINDS =
      List.of("input", "output", "cache reads", "cache writes", "searches");

  public static final ModelUse NONE = new ModelUse(0, null, null, null, null, null, null, 0);

  /** The dearest first; those of unknown price by their tokens, then by their calls. */
  public static final Comparator<ModelUse> BY_COST =
      Order.comparingDouble((ModelUse use) -> use.cost == null ? 0 : -use.cost)
          .thenComparingLong(use -> use.tokens == null ? 0 : -use.tokens)
          .thenComparingLong(use -> -use.calls);

  /** All calls of the selection that match. */
  public static ModelUse of(Selection selection, Filter more) {
    ModelUse all = NONE;
    Filter calls = Filter.and(Events.MODEL_CALLS, more);
    for (Group group : selection.group(calls, billed(List.of()), MEASURES)) {
      all = all.plus(of(group, selection.pricing()));
    }
    return all;
  }

  /** All calls of a store that match; reads sums where the filter is of what sums know. */
  public static ModelUse of(EventStore store, Filter more, Pricing pricing) {
    ModelUse all = NONE;
    List<Dimension> by = billed(List.of());
    Aggregate asked =
        new Aggregate(
            Filter.and(Events.MODEL_CALLS, more),
            by,
            MEASURES,
            -1,
            Integer.MAX_VALUE,
            ReadRequest.PATIENCE);
    for (Row row : store.aggregate(asked)) {
      all = all.plus(of(new Group(by, MEASURES, row), pricing));
    }
    return all;
  }

  /** The calls of the selection that match, by a text; null for those that have none. */
  public static Map<@Nullable String, ModelUse> by(
      Selection selection, Dimension dimension, Filter more) {
    Map<@Nullable String, ModelUse> all = new LinkedHashMap<>();
    boolean model = dimension == Events.BY_MODEL;
    List<Dimension> dimensions =
        model ? List.of(Events.BY_MODEL, BY_BILLING) : billed(List.of(dimension));
    for (Group group :
        selection.group(Filter.and(Events.MODEL_CALLS, more), dimensions, MEASURES)) {
      all.merge(group.text(dimension), of(group, selection.pricing()), ModelUse::plus);
    }
    return all;
  }

  /** The calls of the selection that match, by the keys of several dimensions, in their order. */
  public static Map<List<@Nullable Object>, ModelUse> by(
      Selection selection, List<Dimension> by, Filter more) {
    Map<List<@Nullable Object>, ModelUse> all = new HashMap<>();
    for (Group group :
        selection.group(Filter.and(Events.MODEL_CALLS, more), billed(by), MEASURES)) {
      all.merge(
          new ArrayList<>(group.row().key().subList(0, by.size())),
          of(group, selection.pricing()),
          ModelUse::plus);
    }
    return all;
  }

  /** The calls of the selection that match, by the beginning of a period. */
  public static Map<Long, ModelUse> by(Selection selection, Period period, Filter more) {
    Map<Long, ModelUse> all = new LinkedHashMap<>();
    period.group(
        selection,
        Filter.and(Events.MODEL_CALLS, more),
        billed(List.of()),
        MEASURES,
        (group, start) -> all.merge(start, of(group, selection.pricing()), ModelUse::plus));
    return all;
  }

  /** The calls of the selection that match, by the beginning of an hour. */
  public static NavigableMap<Long, ModelUse> byHour(Selection selection, Filter more) {
    return bySpan(selection, Span.HOUR, more);
  }

  /** The same by another stretch of UTC. */
  public static NavigableMap<Long, ModelUse> bySpan(Selection selection, Span span, Filter more) {
    NavigableMap<Long, ModelUse> all = new TreeMap<>();
    Dimension by = Dimension.by(span);
    for (Group group :
        selection.group(Filter.and(Events.MODEL_CALLS, more), billed(List.of(by)), MEASURES)) {
      all.merge(group.start(by), of(group, selection.pricing()), ModelUse::plus);
    }
    return all;
  }

  /**
   * What the calls of the selection cost by the kind of their tokens, by a text: in the order of
   * {@link #KINDS}, without what a source told itself.
   */
  public static Map<@Nullable String, double[]> costByKind(
      Selection selection, Dimension dimension) {
    Map<@Nullable String, double[]> all = new HashMap<>();
    List<Dimension> dimensions =
        dimension == Events.BY_MODEL
            ? List.of(Events.BY_MODEL, BY_BILLING)
            : billed(List.of(dimension));
    for (Group group : selection.group(Events.MODEL_CALLS, dimensions, MEASURES)) {
      double[] sums = all.computeIfAbsent(group.text(dimension), _ -> new double[KINDS.size()]);
      String model = group.text(Events.BY_MODEL);
      String billing = group.text(BY_BILLING);
      List<Pricing.Tokens> kinds =
          List.of(
              new Pricing.Tokens(group.count(INPUT), 0, 0, 0, 0, 0),
              new Pricing.Tokens(0, group.count(OUTPUT), 0, 0, 0, 0),
              new Pricing.Tokens(0, 0, group.count(CACHE_READ), 0, 0, 0),
              new Pricing.Tokens(0, 0, 0, group.count(CACHE_WRITE), group.count(CACHE_WRITE_1H), 0),
              new Pricing.Tokens(0, 0, 0, 0, 0, group.count(SEARCHES)));
      for (int i = 0; i < sums.length; i++) {
        double cost =
            TOLD.equals(billing)
                ? Double.NaN
                : selection.pricing().cost(model, billing, kinds.get(i));
        sums[i] += Double.isNaN(cost) ? 0 : cost;
      }
    }
    return all;
  }

  /** These calls, one by one. */
  public static ModelUse of(List<Event> calls, Pricing pricing) {
    ModelUse all = NONE;
    for (Event call : calls) {
      Pricing.Tokens tokens =
          new Pricing.Tokens(
              number(call, "input_tokens"),
              number(call, "output_tokens"),
              number(call, "cache_read_tokens"),
              number(call, "cache_write_tokens"),
              number(call, "cache_write_1h_tokens"),
              number(call, "web_searches"));
      Long used = call.integer(Field.TOKENS_USED);
      Number told = call.detailNumber("cost_usd");
      Cost cost =
          cost(
              call.detail("model"),
              call.detail("billing"),
              tokens,
              used == null ? 0 : 1,
              told == null ? null : (Double) told.doubleValue(),
              told == null ? 0 : 1,
              pricing);
      all =
          all.plus(
              new ModelUse(
                  1,
                  tokens.input(),
                  tokens.output(),
                  tokens.cacheRead(),
                  tokens.cacheWrite(),
                  used,
                  cost.dollars,
                  cost.calls));
    }
    return all;
  }

  private static long number(Event call, String key) {
    Number number = call.detailNumber(key);
    return number == null ? 0 : number.longValue();
  }

  private static List<Dimension> billed(List<Dimension> by) {
    List<Dimension> dimensions = new ArrayList<>(by);
    dimensions.add(Events.BY_MODEL);
    dimensions.add(BY_BILLING);
    return dimensions;
  }

  private static ModelUse of(Group group, Pricing pricing) {
    Pricing.Tokens tokens =
        new Pricing.Tokens(
            group.count(INPUT),
            group.count(OUTPUT),
            group.count(CACHE_READ),
            group.count(CACHE_WRITE),
            group.count(CACHE_WRITE_1H),
            group.count(SEARCHES));
    Cost cost =
        cost(
            group.text(Events.BY_MODEL),
            group.text(BY_BILLING),
            tokens,
            group.count(WITH_TOKENS),
            group.real(Measures.COST),
            group.count(WITH_COST),
            pricing);
    return new ModelUse(
        group.count(Measures.EVENTS),
        group.whole(INPUT),
        group.whole(OUTPUT),
        group.whole(CACHE_READ),
        group.whole(CACHE_WRITE),
        group.whole(Measures.TOKENS),
        cost.dollars,
        cost.calls);
  }

  private record Cost(@Nullable Double dollars, long calls) {}

  private static Cost cost(
      @Nullable String model,
      @Nullable String billing,
      Pricing.Tokens tokens,
      long withTokens,
      @Nullable Double kept,
      long withKept,
      Pricing pricing) {
    double priced =
        TOLD.equals(billing) || withTokens == 0 ? Double.NaN : pricing.cost(model, billing, tokens);
    return Double.isNaN(priced) ? new Cost(kept, withKept) : new Cost(priced, withTokens);
  }

  /** Both together. */
  public ModelUse plus(ModelUse other) {
    return new ModelUse(
        calls + other.calls,
        sum(input, other.input),
        sum(output, other.output),
        sum(cacheRead, other.cacheRead),
        sum(cacheWrite, other.cacheWrite),
        sum(tokens, other.tokens),
        cost == null ? other.cost : other.cost == null ? cost : (Double) (cost + other.cost),
        priced + other.priced);
  }

  private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
    return a == null ? b : b == null ? a : (Long) (a + b);
  }

  /** Calls whose cost is unknown. */
  public long unpriced() {
    return calls - priced;
  }

  /** The cost in words: a lower bound beside calls of unknown price. */
  public String words() {
    return Wording.cost(cost, unpriced());
  }
}
