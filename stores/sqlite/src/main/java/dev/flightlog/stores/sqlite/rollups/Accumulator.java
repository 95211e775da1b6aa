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
  private static final int TOOL = 4;
  private static final int MODEL = 6;
  private static final int ERROR_TYPE = 7;
  private static final int BILLING = 9;

  private static final byte ABSENT = 0;
  private static final byte NUMBER = 1;
  private static final byte ODD = 2;

  private final Names names = new Names();
  private final JsonReader json = new JsonReader();
  private final Map<Long, Hour> hours = new HashMap<>();
  private final double[] numbers = new double[Numeric.ALL.length];
  private final byte[] there = new byte[Numeric.ALL.length];
  private Codes probe = new Codes();
  private @Nullable Hour current;
  private int size;

  /** What happened in one hour. */
  static final class Hour {
    final long start;
    private final Map<Codes, Cell> cells = new HashMap<>();
    private final Map<CellKey, Sketch> sketches = new HashMap<>();

    Hour(long start) {
      this.start = start;
    }

    Cube<Counts> counts() {
      Cube<Counts> cube = new Cube<>();
      cells.values().forEach(cell -> cube.add(cell.key, cell.counts));
      return cube;
    }

    Cube<Sketch> sketches() {
      Cube<Sketch> cube = new Cube<>();
      sketches.forEach(cube::add);
      return cube;
    }

    Cube<SessionSet> sessions() {
      Cube<SessionSet> cube = new Cube<>();
      for (Cell cell : cells.values()) {
        if (cell.sessions.size() > 0) {
          cube.add(cell.key, cell.sessions);
        }
      }
      return cube;
    }
  }

  private static final class Cell {
    final CellKey key;
    final Counts counts = new Counts();
    final SessionSet sessions = new SessionSet();
    @Nullable Sketch durations;

    Cell(CellKey key) {
      this.key = key;
    }
  }

  /** The numbers of the texts of a cell. */
  private static final class Codes {
    final int[] codes = new int[CellKey.DIMENSIONS.size()];

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Codes that && Arrays.equals(codes, that.codes);
    }

    @Override
    public int hashCode() {
      int hash = Arrays.hashCode(codes);
      return hash ^ hash >>> 16;
    }
  }

  boolean isEmpty() {
    return hours.isEmpty();
  }

  /** The number of cells, each about a kilobyte. */
  int size() {
    return size;
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
    int[] codes = probe.codes;
    Arrays.fill(codes, 0);
    Arrays.fill(there, ABSENT);
    for (int i = 0; i < COLUMNS.length; i++) {
      Field field = COLUMNS[i];
      if (field != null && batch.has(row, field)) {
        codes[i] = names.number(batch.bytes(), batch.offset(row, field), batch.length(row, field));
      }
    }
    if (batch.has(row, Field.SUCCESS)) {
      codes[CellKey.SUCCESS] = names.number(batch.flag(row, Field.SUCCESS) ? "1" : "0");
    }
    if (batch.has(row, Field.DETAILS)) {
      int from = batch.offset(row, Field.DETAILS);
      details(batch.bytes(), from, from + batch.length(row, Field.DETAILS), codes);
    }
    long micros = batch.integer(row, Field.TIMESTAMP);
    Hour hour = hour(Math.floorDiv(micros, HOUR) * HOUR);
    Cell cell = hour.cells.get(probe);
    if (cell == null) {
      cell = new Cell(keyOf(codes));
      size++;
      hour.cells.put(probe, cell);
      probe = new Codes();
    }
    cell.counts.event(micros);
    whole(batch, row, Field.DURATION_MS, Numeric.DURATION_MS, cell.counts);
    whole(batch, row, Field.TOKENS_USED, Numeric.TOKENS_USED, cell.counts);
    whole(batch, row, Field.TIME_SAVED_OR_WASTED_MS, Numeric.TIME_SAVED, cell.counts);
    if (batch.has(row, Field.CONTEXT_PERCENT)) {
      cell.counts.realNumber(
          Numeric.CONTEXT_PERCENT.ordinal(), batch.real(row, Field.CONTEXT_PERCENT));
    }
    for (int i = Numeric.FIRST_DETAIL; i < there.length; i++) {
      if (there[i] == NUMBER) {
        cell.counts.realNumber(i, numbers[i]);
      } else if (there[i] == ODD) {
        cell.counts.odd[i]++;
      }
    }
    if (session != 0) {
      cell.sessions.add(session);
    }
    if (batch.has(row, Field.DURATION_MS)) {
      Sketch durations = cell.durations;
      if (durations == null) {
        durations = hour.sketches.computeIfAbsent(cell.key.ofSketches(), _ -> new Sketch());
        cell.durations = durations;
      }
      durations.add(batch.integer(row, Field.DURATION_MS));
    }
  }

  private Hour hour(long start) {
    Hour hour = current;
    if (hour == null || hour.start != start) {
      hour = hours.computeIfAbsent(start, Hour::new);
      current = hour;
    }
    return hour;
  }

  private CellKey keyOf(int[] codes) {
    @Nullable String[] texts = new String[codes.length];
    for (int i = 0; i < codes.length; i++) {
      texts[i] = names.text(codes[i]);
    }
    return new CellKey(texts);
  }

  private static void whole(
      EventBatch batch, int row, Field field, Numeric numeric, Counts counts) {
    if (batch.has(row, field)) {
      counts.wholeNumber(numeric.ordinal(), batch.integer(row, field));
    }
  }

  private void details(byte[] bytes, int from, int to, int[] codes) {
    try {
      json.reset(bytes, from, to);
      if (json.peek() != Token.OBJECT) {
        return;
      }
      json.enterObject();
      while (json.nextKey()) {
        switch (json.keyEnd() - json.keyStart()) {
          case 4 -> text("tool", TOOL, bytes, codes);
          case 5 -> text("model", MODEL, bytes, codes);
          case 7 -> text("billing", BILLING, bytes, codes);
          case 10 -> {
            if (json.keyIs("waiting_ms")) {
              number("waiting_ms", Numeric.WAITING_MS);
            } else {
              text("error_type", ERROR_TYPE, bytes, codes);
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
      Arrays.fill(there, ABSENT);
    }
  }

  private void text(String name, int dimension, byte[] bytes, int[] codes) {
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
    switch (json.peek()) {
      case NUMBER -> {
        double value = json.real(Double.NaN);
        numbers[numeric.ordinal()] = value;
        there[numeric.ordinal()] = Double.isNaN(value) ? ODD : NUMBER;
      }
      case NULL -> {
        json.skip();
        there[numeric.ordinal()] = ABSENT;
      }
      default -> {
        json.skip();
        there[numeric.ordinal()] = ODD;
      }
    }
  }
}
