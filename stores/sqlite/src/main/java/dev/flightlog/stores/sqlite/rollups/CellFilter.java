package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.store.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter asked of a whole cell: as {@link Filter#matches} would answer for each of its events.
 * Made for the texts of one cube, so that each text is looked at once and each cell only by its
 * numbers.
 */
abstract class CellFilter {
  private CellFilter() {}

  /**
   * Of a filter that {@link #fits}.
   *
   * @param texts of the cube, by number; none is number 0
   */
  static CellFilter of(Filter filter, @Nullable String[] texts) {
    return filter.as(new OfTexts(texts));
  }

  /** Translates for the texts of one cube. */
  private record OfTexts(@Nullable String[] texts) implements Filter.Cases<CellFilter> {
    private List<CellFilter> each(List<Filter> filters) {
      return filters.stream().map(filter -> filter.as(this)).toList();
    }

    @Override
    public CellFilter everything() {
      return all(List.of());
    }

    @Override
    public CellFilter nothing() {
      return any(List.of());
    }

    @Override
    public CellFilter and(Filter.And filter) {
      return all(each(filter.all()));
    }

    @Override
    public CellFilter or(Filter.Or filter) {
      return any(each(filter.any()));
    }

    @Override
    public CellFilter not(Filter.Not filter) {
      CellFilter part = filter.filter().as(this);
      return part instanceof Texts own ? own.not() : new Not(part);
    }

    @Override
    public CellFilter in(Filter.In filter) {
      int dimension = CubeLayout.DIMENSIONS.indexOf(filter.attribute());
      return new Texts(
          dimension,
          texts,
          text -> text != null && dimension != CubeLayout.SUCCESS && filter.texts().contains(text));
    }

    @Override
    public CellFilter flag(Filter.Flag filter) {
      String wanted = filter.value() ? "1" : "0";
      return new Texts(CubeLayout.SUCCESS, texts, wanted::equals);
    }

    @Override
    public CellFilter absent(Filter.Absent filter) {
      int dimension = CubeLayout.DIMENSIONS.indexOf(filter.attribute());
      return new Texts(dimension, texts, text -> text == null);
    }

    @Override
    public CellFilter time(Filter.Time filter) {
      throw doesNotFit(filter);
    }

    @Override
    public CellFilter between(Filter.Between filter) {
      throw doesNotFit(filter);
    }

    @Override
    public CellFilter startsWith(Filter.StartsWith filter) {
      throw doesNotFit(filter);
    }

    @Override
    public CellFilter contains(Filter.Contains filter) {
      throw doesNotFit(filter);
    }

    @Override
    public CellFilter anywhere(Filter.Anywhere filter) {
      throw doesNotFit(filter);
    }

    private static IllegalArgumentException doesNotFit(Filter filter) {
      return new IllegalArgumentException("cells do not know about " + filter);
    }
  }

  private static CellFilter all(List<CellFilter> parts) {
    return parts.size() == 1 ? parts.getFirst() : new All(parts);
  }

  private static CellFilter any(List<CellFilter> parts) {
    return parts.size() == 1 ? parts.getFirst() : new Any(parts);
  }

  /** Whether a cell with these numbers, one a dimension, matches. */
  abstract boolean matches(int[] numbers);

  /** Some of the texts a dimension may have. */
  private static final class Texts extends CellFilter {
    private final int dimension;
    private final boolean[] allowed;

    Texts(int dimension, boolean[] allowed) {
      this.dimension = dimension;
      this.allowed = allowed;
    }

    Texts(int dimension, @Nullable String[] texts, Allowed allows) {
      this(dimension, new boolean[texts.length]);
      for (int i = 0; i < texts.length; i++) {
        allowed[i] = allows.test(texts[i]);
      }
    }

    Texts not() {
      boolean[] others = new boolean[allowed.length];
      for (int i = 0; i < others.length; i++) {
        others[i] = !allowed[i];
      }
      return new Texts(dimension, others);
    }

    @Override
    boolean matches(int[] numbers) {
      return allowed[numbers[dimension]];
    }
  }

  /** Whether a text may be there; null is none. */
  private interface Allowed {
    boolean test(@Nullable String text);
  }

  private static final class All extends CellFilter {
    private final CellFilter[] parts;

    All(List<CellFilter> parts) {
      this.parts = parts.toArray(new CellFilter[0]);
    }

    @Override
    boolean matches(int[] numbers) {
      for (CellFilter part : parts) {
        if (!part.matches(numbers)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final class Any extends CellFilter {
    private final CellFilter[] parts;

    Any(List<CellFilter> parts) {
      this.parts = parts.toArray(new CellFilter[0]);
    }

    @Override
    boolean matches(int[] numbers) {
      for (CellFilter part : parts) {
        if (part.matches(numbers)) {
          return true;
        }
      }
      return false;
    }
  }

  private static final class Not extends CellFilter {
    private final CellFilter part;

    Not(CellFilter part) {
      this.part = part;
    }

    @Override
    boolean matches(int[] numbers) {
      return !part.matches(numbers);
    }
  }
}
