package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.stores.sqlite.rollups.Summary.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds cells to the groups of an aggregate: cube by cube, of each what one part of its measures
 * looks at. Filters that several measures have in common are asked once a cell. Not safe for
 * several threads.
 */
final class CubeAdder {
  private final Part part;
  private final Aggregate aggregate;
  private final Filter filter;
  private final Groups groups;
  private final Summary<?> summary;
  private final List<Filter> wheres = new ArrayList<>();

  /** By measure, which of {@link #wheres} it has; -1 for a measure of another part. */
  private final int[] whereOf;

  /**
   * Begins.
   *
   * @param filter of the aggregate, without its time
   */
  CubeAdder(Part part, Aggregate aggregate, Filter filter, Groups groups) {
    this.part = part;
    this.aggregate = aggregate;
    this.filter = filter;
    this.groups = groups;
    this.summary = part == Part.COUNTS ? new Counts(wanted(aggregate)) : part.empty();
    List<Measure> measures = aggregate.measures();
    this.whereOf = new int[measures.size()];
    for (int i = 0; i < whereOf.length; i++) {
      Filter where = measures.get(i).where();
      if (partOf(measures.get(i)) != part) {
        whereOf[i] = -1;
        continue;
      }
      if (!wheres.contains(where)) {
        wheres.add(where);
      }
      whereOf[i] = wheres.indexOf(where);
    }
  }

  static Part partOf(Measure measure) {
    return switch (measure.kind()) {
      case PERCENTILE -> Part.SKETCHES;
      case DISTINCT -> Part.SESSIONS;
      case COUNT, SUM, MIN, MAX, AVERAGE -> Part.COUNTS;
    };
  }

  /** The numbers that measures look at, a bit each. */
  private static int wanted(Aggregate aggregate) {
    int wanted = 0;
    for (Measure measure : aggregate.measures()) {
      Attribute of = measure.of();
      Numeric known = of == null ? null : Numeric.of(of);
      wanted |= known == null ? 0 : 1 << known.ordinal();
    }
    return wanted;
  }

  /**
   * Adds a cube; what filters and groups say about its texts is worked out once.
   *
   * @param form of its bytes
   * @param start of its time
   */
  void add(byte[] cube, int form, long start) {
    CellReader cells = new CellReader(part, form, cube);
    @Nullable String[] texts = cells.texts();
    CellFilter matching = CellFilter.of(filter, texts);
    CellFilter[] asked =
        wheres.stream().map(where -> CellFilter.of(where, texts)).toArray(CellFilter[]::new);
    boolean[] answers = new boolean[asked.length];
    GroupsOfCube own = new GroupsOfCube(aggregate.dimensions(), groups, texts, start);
    int[] numbers = cells.numbers();
    while (cells.next()) {
      if (!matching.matches(numbers)) {
        cells.skip();
        continue;
      }
      MeasureSum[] sums = own.of(numbers);
      boolean any = false;
      for (int i = 0; i < asked.length; i++) {
        answers[i] = asked[i].matches(numbers);
        any |= answers[i];
      }
      if (!any) {
        cells.skip();
        continue;
      }
      cells.summary(summary);
      for (int i = 0; i < sums.length; i++) {
        if (whereOf[i] >= 0 && answers[whereOf[i]]) {
          sums[i].add(numbers, summary);
        }
      }
    }
  }
}
