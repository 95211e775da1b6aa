package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import dev.flightlog.store.Attribute;
import dev.flightlog.stores.sqlite.sql.Names;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up rows, hour by hour, for {@link Rollups#add}. One look-up finds the cell of a row; what is
 * in its details is picked out of the JSON without making objects. Not safe for several threads.
 */
final class Accumulator {
  static final long HOUR = 3_600_000_000L;

  /** The text of a dimension whose value in the details is there but is no text. */
  static final String NO_TEXT = "\0";

  private static final Field[] COLUMNS = {
    Field.PROJECT, Field.STORY_ID, Field.AGENT_NAME, Field.EVENT_TYPE, null, Field.CATEGORY
  };
  private static final byte[] YES = {'1'};
  private static final byte[] NO = {'0'};

  /** A key of the details, and what its value is for. */
  private record Wanted(String key, int place) {}

  /** By the length of the key. */
  private static final Wanted[][] WANTED = new Wanted[32][0];

  static {
    for (int i = 0; i < CubeLayout.DIMENSIONS.size(); i++) {
      want(CubeLayout.DIMENSIONS.get(i), i);
    }
    for (Numeric numeric : Numeric.ALL) {
      want(numeric.attribute, CubeLayout.DIMENSIONS.size() + numeric.ordinal());
    }
  }

  private static void want(Attribute attribute, int place) {
    if (attribute instanceof Attribute.Detail(String key)) {
      Wanted[] others = WANTED[key.length()];
      Wanted[] all = Arrays.copyOf(others, others.length + 1);
      all[others.length] = new Wanted(key, place);
      WANTED[key.length()] = all;
    }
  }

  private final Names names = new Names();
  private final JsonReader json = new JsonReader();
  private final Map<Long, Hour> hours = new HashMap<>();
  private final int[] codes = new int[CubeLayout.DIMENSIONS.size()];

  /** Of the columns of the row before; 0 for none. */
  private final int[] codesBefore = new int[COLUMNS.length];

  private final double[] numbers = new double[Numeric.ALL.length];

  /** The numbers that are in the details, and what is in the place of one, a bit each. */
  private int there;

  private int odd;
  private @Nullable Hour current;
  private int size;

  /**
   * What happened in one hour.
   *
   * @param start in microseconds since 1970
   */
  record Hour(long start, SpanSums sums) {
    private static Hour of(long start) {
      return new Hour(start, new SpanSums());
    }
  }

  boolean isEmpty() {
    return hours.isEmpty();
  }

  /** The number of cells, each about half a kilobyte with its sketch. */
  int size() {
    return size;
  }

  /** The texts that the numbers in the sums stand for. */
  Names names() {
    return names;
  }

  Iterable<Hour> hours() {
    return hours.values();
  }

  void clear() {
    hours.clear();
    size = 0;
    current = null;
    if (names.isFull()) {
      names.clear();
      Arrays.fill(codesBefore, 0);
    }
  }

  /**
   * Adds a row.
   *
   * @param session the number of its session; 0 for none
   */
  void add(EventBatch batch, int row, int session) {
    Arrays.fill(codes, 0);
    there = 0;
    odd = 0;
    for (int i = 0; i < COLUMNS.length; i++) {
      Field field = COLUMNS[i];
      if (field != null && batch.has(row, field)) {
        codes[i] = column(i, batch.bytes(), batch.offset(row, field), batch.length(row, field));
      }
    }
    if (batch.has(row, Field.SUCCESS)) {
      codes[CubeLayout.SUCCESS] = names.number(batch.flag(row, Field.SUCCESS) ? YES : NO, 0, 1);
    }
    if (batch.has(row, Field.DETAILS)) {
      int from = batch.offset(row, Field.DETAILS);
      details(batch.bytes(), from, from + batch.length(row, Field.DETAILS));
    }
    long micros = batch.integer(row, Field.TIMESTAMP);
    SpanSums hour = hour(Math.floorDiv(micros, HOUR) * HOUR);
    int before = hour.cells.size();
    SpanSums.Cell cell = hour.cells.at(codes, 0, SpanSums.Cell::new);
    size += hour.cells.size() - before;
    cell.counts.event(micros);
    columns(batch, row, cell.counts);
    for (int left = there; left != 0; left &= left - 1) {
      int i = Integer.numberOfTrailingZeros(left);
      cell.counts.realNumber(i, numbers[i]);
    }
    for (int left = odd; left != 0; left &= left - 1) {
      cell.counts.odd(Integer.numberOfTrailingZeros(left));
    }
    if (session != 0) {
      cell.sessions().add(session);
    }
    if (batch.has(row, Field.DURATION_MS)) {
      hour.duration(cell, codes, batch.integer(row, Field.DURATION_MS));
    }
  }

  /** The number of a column's text, which is often that of the row before. */
  private int column(int i, byte[] bytes, int from, int length) {
    byte[] before = codesBefore[i] == 0 ? NO : names.utf8(codesBefore[i]);
    if (codesBefore[i] == 0
        || !Arrays.equals(before, 0, before.length, bytes, from, from + length)) {
      codesBefore[i] = names.number(bytes, from, length);
    }
    return codesBefore[i];
  }

  private SpanSums hour(long start) {
    Hour hour = current;
    if (hour == null || hour.start != start) {
      hour = hours.computeIfAbsent(start, Hour::of);
      current = hour;
    }
    return hour.sums;
  }

  private static void columns(EventBatch batch, int row, SparseCounts counts) {
    whole(batch, row, Field.DURATION_MS, Numeric.DURATION_MS, counts);
    whole(batch, row, Field.TOKENS_USED, Numeric.TOKENS_USED, counts);
    whole(batch, row, Field.TIME_SAVED_OR_WASTED_MS, Numeric.TIME_SAVED, counts);
    if (batch.has(row, Field.CONTEXT_PERCENT)) {
      counts.realNumber(Numeric.CONTEXT_PERCENT.ordinal(), batch.real(row, Field.CONTEXT_PERCENT));
    }
  }

  private static void whole(
      EventBatch batch, int row, Field field, Numeric numeric, SparseCounts counts) {
    if (batch.has(row, field)) {
      counts.wholeNumber(numeric.ordinal(), batch.integer(row, field));
    }
  }

  private void details(byte[] bytes, int from, int to) {
    try {
      json.reset(bytes, from, to);
      if (json.peek() != Token.OBJECT) {
        return;
      }
      json.enterObject();
      while (json.nextKey()) {
        int wanted = wanted();
        if (wanted < 0) {
          json.skip();
        } else if (wanted < codes.length) {
          text(wanted, bytes);
        } else {
          number(wanted - codes.length);
        }
      }
    } catch (JsonException e) {
      // Details that are no JSON have no keys; the row itself is kept as it came.
      there = 0;
      odd = 0;
    }
  }

  /**
   * What the value of the key is for: a dimension, or behind all of them a {@link Numeric};
   * negative for nothing.
   */
  private int wanted() {
    int length = json.keyEnd() - json.keyStart();
    if (length < WANTED.length) {
      for (Wanted each : WANTED[length]) {
        if (json.keyIs(each.key)) {
          return each.place;
        }
      }
    }
    return -1;
  }

  private void text(int dimension, byte[] bytes) {
    switch (json.peek()) {
      case STRING -> {
        json.scanString();
        codes[dimension] =
            json.escaped()
                ? names.number(json.scanned())
                : names.number(bytes, json.start(), json.end() - json.start());
      }
      case NULL -> {
        json.skip();
        codes[dimension] = 0;
      }
      default -> {
        json.skip();
        codes[dimension] = names.number(NO_TEXT);
      }
    }
  }

  private void number(int numeric) {
    int bit = 1 << numeric;
    there &= ~bit;
    odd &= ~bit;
    switch (json.peek()) {
      case NUMBER -> {
        numbers[numeric] = json.real(Double.NaN);
        if (Double.isNaN(numbers[numeric])) {
          odd |= bit;
        } else {
          there |= bit;
        }
      }
      case NULL -> json.skip();
      default -> {
        json.skip();
        odd |= bit;
      }
    }
  }
}
