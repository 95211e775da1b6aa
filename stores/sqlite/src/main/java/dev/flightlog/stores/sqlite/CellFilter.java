package dev.flightlog.stores.sqlite;

import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter asked of a whole cell: as {@link Filter#matches} would answer for each of its events.
 * Made for the texts of one cube, so that each text is looked at once and each cell only by its
 * numbers. Chains of instanceof, not switches: docs/decisions/0005-start-up.md.
 */
abstract class CellFilter {
  private CellFilter() {}

  /**
   * Of a filter that {@link #fits}.
   *
   * @param texts of the cube, by number; none is number 0
   */
  static CellFilter of(Filter filter, @Nullable String[] texts) {
    if (filter instanceof Filter.And and) {
      return all(and.all().stream().map(part -> of(part, texts)).toList());
    } else if (filter instanceof Filter.Or or) {
      return any(or.any().stream().map(part -> of(part, texts)).toList());
    } else if (filter instanceof Filter.Not not) {
      return not(of(not.filter(), texts));
    } else if (filter instanceof Filter.In in) {
      int dimension = CellKey.DIMENSIONS.indexOf(in.attribute());
      return new Texts(
          dimension,
          texts,
          text -> text != null && dimension != CellKey.SUCCESS && in.texts().contains(text));
    } else if (filter instanceof Filter.Flag flag) {
      String wanted = flag.value() ? "1" : "0";
      return new Texts(CellKey.SUCCESS, texts, wanted::equals);
    } else if (filter instanceof Filter.Absent absent) {
      int dimension = CellKey.DIMENSIONS.indexOf(absent.attribute());
      return new Texts(dimension, texts, text -> text == null);
    }
    return filter instanceof Filter.Everything ? all(List.of()) : any(List.of());
  }

  private static CellFilter all(List<CellFilter> parts) {
    return parts.size() == 1 ? parts.getFirst() : new All(parts);
  }

  private static CellFilter any(List<CellFilter> parts) {
    return parts.size() == 1 ? parts.getFirst() : new Any(parts);
  }

  private static CellFilter not(CellFilter part) {
    return part instanceof Texts texts ? texts.not() : new Not(part);
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

  /** True when the first dimensions alone decide about the filter. */
  static boolean fits(Filter filter, int dimensions) {
    if (filter instanceof Filter.And and) {
      return and.all().stream().allMatch(part -> fits(part, dimensions));
    } else if (filter instanceof Filter.Or or) {
      return or.any().stream().allMatch(part -> fits(part, dimensions));
    } else if (filter instanceof Filter.Not not) {
      return fits(not.filter(), dimensions);
    } else if (filter instanceof Filter.In in) {
      return isOneOf(in.attribute(), dimensions);
    } else if (filter instanceof Filter.Absent absent) {
      return isOneOf(absent.attribute(), dimensions);
    } else if (filter instanceof Filter.Flag flag) {
      return isOneOf(Attribute.of(flag.field()), dimensions);
    }
    return filter instanceof Filter.Everything || filter instanceof Filter.Nothing;
  }

  static boolean isOneOf(Attribute attribute, int dimensions) {
    int dimension = CellKey.DIMENSIONS.indexOf(attribute);
    return dimension >= 0 && dimension < dimensions;
  }
}
