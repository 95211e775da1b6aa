package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import java.util.List;

/**
 * A filter asked of a whole cell: as {@link Filter#matches} would answer for each of its events.
 */
final class CellFilter {
  private CellFilter() {}

  /** True when the first dimensions alone decide about the filter. */
  static boolean fits(Filter filter, int dimensions) {
    return switch (filter) {
      case Filter.Everything _, Filter.Nothing _ -> true;
      case Filter.And(List<Filter> all) -> all.stream().allMatch(part -> fits(part, dimensions));
      case Filter.Or(List<Filter> any) -> any.stream().allMatch(part -> fits(part, dimensions));
      case Filter.Not(Filter inner) -> fits(inner, dimensions);
      case Filter.In in -> isOneOf(in.attribute(), dimensions);
      case Filter.Absent(Attribute attribute) -> isOneOf(attribute, dimensions);
      case Filter.Flag(Field field, boolean _) -> isOneOf(Attribute.of(field), dimensions);
      case Filter.Time _, Filter.Between _, Filter.Contains _, Filter.Anywhere _ -> false;
    };
  }

  static boolean isOneOf(Attribute attribute, int dimensions) {
    int dimension = CellKey.DIMENSIONS.indexOf(attribute);
    return dimension >= 0 && dimension < dimensions;
  }

  static boolean matches(Filter filter, CellKey key) {
    return switch (filter) {
      case Filter.Everything _ -> true;
      case Filter.And(List<Filter> all) -> {
        for (Filter part : all) {
          if (!matches(part, key)) {
            yield false;
          }
        }
        yield true;
      }
      case Filter.Or(List<Filter> any) -> {
        for (Filter part : any) {
          if (matches(part, key)) {
            yield true;
          }
        }
        yield false;
      }
      case Filter.Not(Filter inner) -> !matches(inner, key);
      case Filter.In in -> {
        int dimension = CellKey.DIMENSIONS.indexOf(in.attribute());
        String text = key.text(dimension);
        yield text != null && dimension != CellKey.SUCCESS && in.texts().contains(text);
      }
      case Filter.Flag(Field _, boolean value) ->
          (value ? "1" : "0").equals(key.text(CellKey.SUCCESS));
      case Filter.Absent(Attribute attribute) ->
          key.text(CellKey.DIMENSIONS.indexOf(attribute)) == null;
      case Filter.Nothing _,
          Filter.Time _,
          Filter.Between _,
          Filter.Contains _,
          Filter.Anywhere _ ->
          false;
    };
  }
}
