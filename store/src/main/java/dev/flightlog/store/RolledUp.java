package dev.flightlog.store;

import dev.flightlog.event.Field;
import dev.flightlog.store.Dimension.ByAttribute;
import java.util.List;

/**
 * Which aggregates a store answers from sums that it keeps while events are appended. So a question
 * can know what it will cost before it is asked. Immutable.
 *
 * @param dimensions what may be grouped and filtered by
 * @param ofPercentiles the same where there is a percentile among the measures
 * @param ofDistinct the same where different texts are among them
 * @param numbers what may be counted and summed, and of what the extremes are known, besides the
 *     time
 * @param percentiles of what the ranks are known
 * @param distinct of what different texts are counted
 */
public record RolledUp(
    List<Attribute> dimensions,
    List<Attribute> ofPercentiles,
    List<Attribute> ofDistinct,
    List<Attribute> numbers,
    List<Attribute> percentiles,
    List<Attribute> distinct) {

  /** Of a store that reads every event for every question. */
  public static final RolledUp NOTHING =
      new RolledUp(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  private static final Attribute TIME = Attribute.of(Field.TIMESTAMP);
  private static final long HOUR = Dimension.Span.HOUR.micros();

  /** What an aggregate makes a store read. */
  public enum Cost {
    /** Sums only, and no event, however many there are. */
    SUMS,
    /** Sums, and the events of the cut hours at the ends of its time. */
    EDGES,
    /** Every event that matches. */
    EVENTS
  }

  public RolledUp {
    dimensions = List.copyOf(dimensions);
    ofPercentiles = List.copyOf(ofPercentiles);
    ofDistinct = List.copyOf(ofDistinct);
    numbers = List.copyOf(numbers);
    percentiles = List.copyOf(percentiles);
    distinct = List.copyOf(distinct);
  }

  /**
   * What this aggregate makes the store read. Hours to which something was appended a moment ago,
   * or in which an event changed, may cost their events until {@link EventStore#settle}.
   */
  public Cost cost(Aggregate aggregate) {
    Filter whole = Filter.and(List.of(aggregate.filter()));
    List<Filter> parts = whole instanceof Filter.And(List<Filter> all) ? all : List.of(whole);
    Cost cost = Cost.SUMS;
    List<Attribute> known = known(aggregate);
    for (Filter part : parts) {
      if (part instanceof Filter.Time time) {
        cost = isCut(time.since()) || isCut(time.until()) ? Cost.EDGES : cost;
      } else if (!isKnown(part, known)) {
        return Cost.EVENTS;
      }
    }
    return answers(aggregate, known) ? cost : Cost.EVENTS;
  }

  private static boolean isCut(long end) {
    return end != Long.MIN_VALUE && end != Long.MAX_VALUE && Math.floorMod(end, HOUR) != 0;
  }

  /** True when groups and measures, and the conditions of these, are answered from sums. */
  private boolean answers(Aggregate aggregate, List<Attribute> known) {
    for (Dimension dimension : aggregate.dimensions()) {
      if (dimension instanceof ByAttribute by && !known.contains(by.attribute())) {
        return false;
      }
    }
    for (Measure measure : aggregate.measures()) {
      if (!answers(measure)) {
        return false;
      }
    }
    return !dimensions.isEmpty();
  }

  private boolean answers(Measure measure) {
    Attribute of = measure.of();
    return isKnown(measure.where(), known(measure))
        && switch (measure.kind()) {
          case COUNT -> of == null || numbers.contains(of) || dimensions.contains(of);
          case DISTINCT -> of != null && distinct.contains(of);
          case PERCENTILE -> of != null && percentiles.contains(of);
          case SUM, AVERAGE -> of != null && numbers.contains(of);
          case MIN, MAX -> of != null && (numbers.contains(of) || of.equals(TIME));
        };
  }

  /** What this aggregate may be grouped and filtered by. */
  private List<Attribute> known(Aggregate aggregate) {
    List<Attribute> known = dimensions;
    for (Measure measure : aggregate.measures()) {
      List<Attribute> of = known(measure);
      if (!of.containsAll(known)) {
        known = known.stream().filter(of::contains).toList();
      }
    }
    return known;
  }

  private List<Attribute> known(Measure measure) {
    return switch (measure.kind()) {
      case PERCENTILE -> ofPercentiles;
      case DISTINCT -> ofDistinct;
      case COUNT, SUM, MIN, MAX, AVERAGE -> dimensions;
    };
  }

  private static boolean isKnown(Filter filter, List<Attribute> known) {
    return filter.as(new Known(known));
  }

  /** Whether these attributes alone decide about a filter. */
  private record Known(List<Attribute> known) implements Filter.EveryPart {
    @Override
    public Boolean in(Filter.In filter) {
      return known.contains(filter.attribute());
    }

    @Override
    public Boolean flag(Filter.Flag filter) {
      return known.contains(Attribute.of(filter.field()));
    }

    @Override
    public Boolean absent(Filter.Absent filter) {
      return known.contains(filter.attribute());
    }

    @Override
    public Boolean time(Filter.Time filter) {
      return false;
    }

    @Override
    public Boolean between(Filter.Between filter) {
      return false;
    }

    @Override
    public Boolean startsWith(Filter.StartsWith filter) {
      return false;
    }

    @Override
    public Boolean contains(Filter.Contains filter) {
      return false;
    }

    @Override
    public Boolean anywhere(Filter.Anywhere filter) {
      return false;
    }
  }
}
