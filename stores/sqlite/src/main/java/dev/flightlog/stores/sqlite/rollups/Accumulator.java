package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
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
  private static final int TOOL = 4;
  private static final int MODEL = 6;
  private static final int ERROR_TYPE = 7;
  private static final int BILLING = 9;

  private final Names names = new Names();
  private final JsonReader json = new JsonReader();
  private final Map<Long, Hour> hours = new HashMap<>();
  private final int[] codes = new int[CellKey.DIMENSIONS.size()];
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
        codes[i] = names.number(batch.bytes(), batch.offset(row, field), batch.length(row, field));
      }
    }
    if (batch.has(row, Field.SUCCESS)) {
      codes[CellKey.SUCCESS] = names.number(batch.flag(row, Field.SUCCESS) ? YES : NO, 0, 1);
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
        switch (json.keyEnd() - json.keyStart()) {
          case 4 -> text("tool", TOOL, bytes);
          case 5 -> text("model", MODEL, bytes);
          case 7 -> text("billing", BILLING, bytes);
          case 10 -> {
            if (json.keyIs("waiting_ms")) {
              number("waiting_ms", Numeric.WAITING_MS);
            } else {
              text("error_type", ERROR_TYPE, bytes);
            }
          }
          case 8 -> number("cost_usd", Numeric.COST_USD);
          case 12 -> {
            if (json.keyIs("web_searches")) {
              number("web_searches", Numeric.WEB_SEARCHES);
            } else {
              number("input_tokens", Numeric.INPUT_TOKENS);
            }
          }
          case 13 -> number("output_tokens", Numeric.OUTPUT_TOKENS);
          case 17 -> number("cache_read_tokens", Numeric.CACHE_READ_TOKENS);
          case 18 -> number("cache_write_tokens", Numeric.CACHE_WRITE_TOKENS);
          case 21 -> number("cache_write_1h_tokens", Numeric.CACHE_WRITE_1H_TOKENS);
          default -> json.skip();
        }
      }
    } catch (JsonException e) {
      // Details that are no JSON have no keys; the row itself is kept as it came.
      there = 0;
      odd = 0;
    }
  }

  private void text(String name, int dimension, byte[] bytes) {
    if (!json.keyIs(name)) {
      json.skip();
      return;
    }
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

  private void number(String name, Numeric numeric) {
    if (!json.keyIs(name)) {
      json.skip();
      return;
    }
    int bit = 1 << numeric.ordinal();
    there &= ~bit;
    odd &= ~bit;
    switch (json.peek()) {
      case NUMBER -> {
        double value = json.real(Double.NaN);
        numbers[numeric.ordinal()] = value;
        if (Double.isNaN(value)) {
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
