package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.store.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The groups that the cells of one cube belong to, found by the numbers of their texts, taken
 * together as the digits of one number.
 */
final class GroupsOfCube {
  private static final int OF_TIME = -1;
  private static final int LARGEST_TABLE = 1 << 13;

  private final Groups groups;
  private final List<Dimension> dimensions;
  private final int[] places;
  private final @Nullable String[] texts;
  private final long start;

  /** False when there are so many texts that the digits would not fit. */
  private final boolean fits;

  /** By number, as long as there are few. */
  private final MeasureSum[] @Nullable [] table;

  private final Map<Long, MeasureSum[]> known = new HashMap<>();

  /**
   * @param texts of the cube, by number
   * @param start of its time
   */
  GroupsOfCube(List<Dimension> dimensions, Groups groups, @Nullable String[] texts, long start) {
    this.groups = groups;
    this.dimensions = dimensions;
    this.texts = texts;
    this.start = start;
    this.places = new int[dimensions.size()];
    double most = 1;
    for (int i = 0; i < places.length; i++) {
      places[i] =
          dimensions.get(i) instanceof Dimension.ByAttribute by
              ? CubeLayout.DIMENSIONS.indexOf(by.attribute())
              : OF_TIME;
      most *= places[i] == OF_TIME ? 1 : texts.length;
    }
    this.fits = most < 1e18;
    this.table = new MeasureSum[most <= LARGEST_TABLE ? (int) most : 0][];
  }

  /** The sums of the group of a cell with these numbers. */
  MeasureSum[] of(int[] numbers) {
    if (!fits) {
      return groups.of(key(numbers));
    }
    long digits = 0;
    for (int place : places) {
      digits = place == OF_TIME ? digits : digits * texts.length + numbers[place];
    }
    MeasureSum[] sums = table.length > 0 ? table[(int) digits] : known.get(digits);
    if (sums == null) {
      sums = groups.of(key(numbers));
      if (table.length > 0) {
        table[(int) digits] = sums;
      } else {
        known.put(digits, sums);
      }
    }
    return sums;
  }

  private List<@Nullable Object> key(int[] numbers) {
    List<@Nullable Object> key = new ArrayList<>(places.length);
    for (int i = 0; i < places.length; i++) {
      key.add(
          dimensions.get(i) instanceof Dimension.BySpan by
              ? (Object) by.span().startOf(start)
              : value(places[i], texts[numbers[places[i]]]));
    }
    return key;
  }

  private static @Nullable Object value(int dimension, @Nullable String text) {
    if (text == null || text.equals(Accumulator.NO_TEXT)) {
      return null;
    }
    return dimension == CubeLayout.SUCCESS ? (Object) text.equals("1") : text;
  }
}
