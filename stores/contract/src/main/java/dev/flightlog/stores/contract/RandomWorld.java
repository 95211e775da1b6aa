package dev.flightlog.stores.contract;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random events and questions, all from one seed. Values are few, so that groups are large, times
 * collide, ids repeat, and filters hit.
 */
public final class RandomWorld {
  private static final long START = Timestamps.of(Instant.parse("2025-09-20T22:30:00Z"));
  private static final String[] STORIES = {"1.1", "1.2", "Größe", "x"};
  private static final String[] AGENTS = {"planner", "coder", "reviewer"};
  private static final String[] TOOLS = {"Read", "Bash", "Edit", "say \"hi\"\n"};
  private static final String[] MODELS = {"model-a", "model-b"};
  private static final String[] ERRORS = {"timeout", "rejected", "not_found"};
  private static final String[] TYPES = {"tool_call", "model_call", "error", "decision"};
  private static final List<Attribute> NUMBERS =
      List.of(
          Attribute.of(Field.DURATION_MS),
          Attribute.of(Field.TOKENS_USED),
          Attribute.of(Field.CONTEXT_PERCENT),
          Attribute.of(Field.CONFIDENCE_SCORE),
          Attribute.detail("cost_usd"),
          Attribute.detail("input_tokens"),
          Attribute.detail("waiting_ms"),
          Attribute.detail("web_searches"),
          Attribute.detail("cache_write_1h_tokens"),
          Attribute.detail("other"));
  private static final List<Attribute> TEXTS =
      List.of(
          Attribute.of(Field.PROJECT),
          Attribute.of(Field.STORY_ID),
          Attribute.of(Field.AGENT_NAME),
          Attribute.of(Field.EVENT_TYPE),
          Attribute.of(Field.CATEGORY),
          Attribute.of(Field.SESSION_ID),
          Attribute.of(Field.WORKFLOW_ID),
          Attribute.detail("tool"),
          Attribute.detail("model"),
          Attribute.detail("billing"),
          Attribute.detail("error_type"),
          Attribute.detail("other"));

  private final Random random;
  private final int ids;

  /**
   * @param ids how many different events there are at most
   */
  RandomWorld(long seed, int ids) {
    this.random = new Random(seed);
    this.ids = ids;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  Mode mode() {
    int die = random.nextInt(10);
    return die < 6 ? Mode.NEW : die < 9 ? Mode.MERGE : Mode.COMPLETE;
  }

  Event event() {
    String type = pick(TYPES);
    long micros = START + random.nextInt(5 * 24 * 60) * 60_000_000L + random.nextInt(3);
    Event.Builder event =
        Event.builder(
            EventIds.ofKey("event " + random.nextInt(ids)),
            Timestamps.instant(micros),
            type,
            Category.values()[random.nextInt(3)]);
    maybe(event, Field.SESSION_ID, "session " + random.nextInt(12));
    maybe(event, Field.PROJECT, pick(AGENTS));
    maybe(event, Field.STORY_ID, pick(STORIES));
    maybe(event, Field.AGENT_NAME, pick(AGENTS));
    maybe(event, Field.WORKFLOW_ID, pick(AGENTS));
    maybe(event, Field.STEP, (long) random.nextInt(4));
    maybe(event, Field.DURATION_MS, (long) Math.exp(random.nextGaussian() * 2 + 5));
    maybe(event, Field.TOKENS_USED, tokens());
    maybe(event, Field.CONTEXT_PERCENT, random.nextInt(10_000) / 100.0);
    maybe(event, Field.CONFIDENCE_SCORE, random.nextDouble());
    maybe(event, Field.SUCCESS, random.nextInt(4) != 0);
    maybe(event, Field.NEEDS_REVIEW, random.nextBoolean());
    event.details(details());
    return event.build();
  }

  /** Now and then so many that their sum is more than a long holds. */
  private long tokens() {
    return random.nextInt(50) == 0 ? Long.MAX_VALUE - 5 : random.nextLong(-10, 100_000);
  }

  private Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    maybe(details, "tool", pick(TOOLS));
    maybe(details, "model", pick(MODELS));
    maybe(details, "billing", pick(AGENTS));
    maybe(details, "waiting_ms", random.nextInt(5000));
    maybe(details, "web_searches", random.nextInt(3));
    maybe(details, "cache_write_1h_tokens", random.nextInt(20) == 0 ? "?" : random.nextInt(90));
    maybe(details, "error_type", random.nextInt(20) == 0 ? 404 : pick(ERRORS));
    maybe(details, "cost_usd", random.nextInt(20) == 0 ? "free" : random.nextInt(100_000) / 1e6);
    maybe(details, "input_tokens", random.nextInt(5) * 1000);
    maybe(details, "other", random.nextBoolean() ? pick(AGENTS) : (Object) random.nextGaussian());
    return details;
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private void maybe(Event.Builder event, Field field, Object value) {
    if (random.nextInt(3) != 0) {
      event.set(field, value);
    }
  }

  private void maybe(Map<String, Object> details, String key, Object value) {
    if (random.nextInt(3) != 0) {
      details.put(key, value);
    }
  }

  /** A filter; at depth 0 one without parts. */
  Filter filter(int depth) {
    int die = random.nextInt(depth == 0 ? 8 : 13);
    return switch (die) {
      case 0 -> Filter.EVERYTHING;
      case 1, 2 -> in();
      case 3 ->
          Filter.is(
              random.nextInt(5) == 0 ? Field.NEEDS_REVIEW : Field.SUCCESS, random.nextBoolean());
      case 4 -> Filter.absent(random.nextBoolean() ? pick(TEXTS) : pick(NUMBERS));
      case 5 -> time();
      case 6 -> new Filter.Between(pick(NUMBERS), random.nextInt(100), random.nextInt(5000));
      case 7 -> random.nextBoolean() ? contains() : Filter.EVERYTHING;
      case 8, 9 -> Filter.and(filter(depth - 1), filter(depth - 1));
      case 10 -> Filter.and(time(), in(), filter(depth - 1));
      case 11 -> Filter.or(filter(depth - 1), filter(depth - 1));
      default -> Filter.not(filter(depth - 1));
    };
  }

  private Filter contains() {
    String text = pick(new String[] {"READ", "größe", "say \"hi\"", "o", "_", "%", "hi\\\"\\n"});
    return switch (random.nextInt(4)) {
      case 0 -> Filter.anywhere(text);
      case 1 -> new Filter.Contains(pick(TEXTS), text);
      default ->
          new Filter.StartsWith(pick(TEXTS), pick(new String[] {"", "R", "größe", "s", "a%"}));
    };
  }

  private Filter in() {
    return switch (random.nextInt(6)) {
      case 0 -> Filter.is(Field.STORY_ID, pick(STORIES));
      case 1 -> Filter.is(Field.AGENT_NAME, pick(AGENTS));
      case 2 -> Filter.in(Attribute.of(Field.EVENT_TYPE), List.of(pick(TYPES), pick(TYPES)));
      case 3 -> Filter.is(Attribute.detail("tool"), pick(TOOLS));
      case 4 -> Filter.is(Attribute.detail("error_type"), pick(ERRORS));
      default -> Filter.in(pick(TEXTS), List.of(pick(AGENTS), pick(MODELS), pick(STORIES)));
    };
  }

  private Filter time() {
    long since = time(random.nextInt(3));
    long until = time(random.nextInt(3));
    return switch (random.nextInt(4)) {
      case 0 -> Filter.since(since);
      case 1 -> Filter.until(until);
      default -> new Filter.Time(Math.min(since, until), Math.max(since, until));
    };
  }

  private long time(int roundness) {
    long unit = roundness == 0 ? Timestamps.DAY : roundness == 1 ? 3_600_000_000L : 1;
    long time = START + random.nextLong(-Timestamps.DAY, 6 * Timestamps.DAY);
    return Math.floorDiv(time, unit) * unit;
  }

  Aggregate aggregate() {
    List<Measure> measures = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      measures.add(measure());
    }
    List<Dimension> dimensions = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      dimensions.add(dimension());
    }
    int orderBy = random.nextInt(measures.size() + 1) - 1;
    Aggregate aggregate =
        Aggregate.of(filter(2), measures.toArray(new Measure[0]))
            .by(dimensions.toArray(new Dimension[0]));
    boolean exact = orderBy < 0 || measures.get(orderBy).kind() != Measure.Kind.PERCENTILE;
    return exact
        ? aggregate.orderBy(orderBy).limit(random.nextBoolean() ? 5 : Integer.MAX_VALUE)
        : aggregate;
  }

  private Dimension dimension() {
    return switch (random.nextInt(4)) {
      case 0 -> Dimension.by(pick(Dimension.Span.values()));
      case 1 -> Dimension.of(pick(new Field[] {Field.SUCCESS, Field.STEP, Field.CATEGORY}));
      default -> new Dimension.ByAttribute(pick(TEXTS));
    };
  }

  private Measure measure() {
    Measure measure =
        switch (random.nextInt(9)) {
          case 0, 1 -> Measure.count();
          case 2 -> Measure.countOf(random.nextBoolean() ? pick(NUMBERS) : pick(TEXTS));
          case 3 ->
              Measure.distinct(random.nextBoolean() ? Attribute.of(Field.SESSION_ID) : pick(TEXTS));
          case 4 -> Measure.sum(pick(NUMBERS));
          case 5 -> random.nextBoolean() ? Measure.first() : Measure.min(pick(NUMBERS));
          case 6 -> random.nextBoolean() ? Measure.last() : Measure.max(pick(NUMBERS));
          case 7 -> Measure.average(pick(NUMBERS));
          default -> Measure.percentile(duration(), pick(new Double[] {0.5, 0.95, 0.99}));
        };
    Filter where = random.nextInt(3) == 0 ? filter(1) : Filter.EVERYTHING;
    return measure.where(where);
  }

  private Attribute duration() {
    return random.nextInt(3) == 0 ? pick(NUMBERS) : Attribute.of(Field.DURATION_MS);
  }

  /** The numbers a percentile is about: those of the events of one group. */
  static double[] numbers(
      List<Event> events, Aggregate aggregate, List<@Nullable Object> key, Measure measure) {
    Attribute of = measure.of();
    return events.stream()
        .filter(aggregate.filter()::matches)
        .filter(event -> isIn(event, aggregate, key))
        .filter(measure.where()::matches)
        .map(event -> of == null ? null : of.number(event))
        .filter(number -> number != null)
        .mapToDouble(Number::doubleValue)
        .sorted()
        .toArray();
  }

  private static boolean isIn(Event event, Aggregate aggregate, List<@Nullable Object> key) {
    for (int i = 0; i < key.size(); i++) {
      if (!Objects.equals(aggregate.dimensions().get(i).keyOf(event), key.get(i))) {
        return false;
      }
    }
    return true;
  }
}
