package dev.flightlog.stores.sqlite;

import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;

/**
 * A filter asked of a whole cell: as {@link Filter#matches} would answer for each of its events.
 * Chains of instanceof, not switches: docs/decisions/0005-start-up.md.
 */
final class CellFilter {
  private CellFilter() {}

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

  /** Of a filter that {@link #fits}. */
  static boolean matches(Filter filter, CellKey key) {
    if (filter instanceof Filter.And and) {
      for (Filter part : and.all()) {
        if (!matches(part, key)) {
          return false;
        }
      }
      return true;
    } else if (filter instanceof Filter.Or or) {
      for (Filter part : or.any()) {
        if (matches(part, key)) {
          return true;
        }
      }
      return false;
    } else if (filter instanceof Filter.Not not) {
      return !matches(not.filter(), key);
    } else if (filter instanceof Filter.In in) {
      int dimension = CellKey.DIMENSIONS.indexOf(in.attribute());
      String text = key.text(dimension);
      return text != null && dimension != CellKey.SUCCESS && in.texts().contains(text);
    } else if (filter instanceof Filter.Flag flag) {
      return (flag.value() ? "1" : "0").equals(key.text(CellKey.SUCCESS));
    } else if (filter instanceof Filter.Absent absent) {
      return key.text(CellKey.DIMENSIONS.indexOf(absent.attribute())) == null;
    }
    return filter instanceof Filter.Everything;
  }
}
