package dev.flightlog.stores.clickhouse.rows;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import dev.flightlog.event.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of one event's details hold, picked out of the JSON. Also tells whether
 * ClickHouse's own reader of JSON would see something else in it, or nothing: then {@link #plain}
 * is the same in words that it understands. Not safe for several threads.
 */
final class DetailFacts {
  private final JsonReader json = new JsonReader();
  private final @Nullable String[] decoded = new String[HotDetail.count()];
  private final int[] starts = new int[HotDetail.count()];
  private final int[] ends = new int[HotDetail.count()];
  private final double[] numbers = new double[HotDetail.count()];
  private int present;
  private int typed;
  private boolean odd;

  /** Forgets the event before. */
  void clear() {
    present = 0;
    typed = 0;
    odd = false;
  }

  /** Looks into details. */
  void look(byte[] bytes, int from, int to) {
    clear();
    odd = OddJson.isOdd(bytes, from, to);
    try {
      json.reset(bytes, from, to);
      if (json.peek() == Token.OBJECT) {
        json.enterObject();
        while (json.nextKey()) {
          value();
        }
      }
    } catch (JsonException e) {
      // What is no JSON has no keys.
      clear();
      odd = true;
    }
  }

  private void value() {
    for (HotDetail hot : HotDetail.ofLength(json.keyEnd() - json.keyStart())) {
      if (json.keyIs(hot.key())) {
        value(hot);
        return;
      }
    }
    json.skip();
  }

  private void value(HotDetail hot) {
    Token token = json.peek();
    typed &= ~hot.bit();
    present = token == Token.NULL ? present & ~hot.bit() : present | hot.bit();
    if (hot.isText() && token == Token.STRING) {
      json.scanString();
      starts[hot.ordinal()] = json.start();
      ends[hot.ordinal()] = json.end();
      decoded[hot.ordinal()] = odd || json.escaped() ? json.scanned() : null;
      typed |= hot.bit();
    } else if (!hot.isText() && token == Token.NUMBER) {
      numbers[hot.ordinal()] = json.real(Double.NaN);
      typed |= hot.bit();
    } else {
      json.skip();
    }
  }

  int present() {
    return present;
  }

  /** Bits of those that are there, and of the type of their column. */
  int typed() {
    return typed;
  }

  /** Where a text of the details begins that was looked into last. */
  int start(int hot) {
    return starts[hot];
  }

  int end(int hot) {
    return ends[hot];
  }

  /** A text that does not stand there as it is; else null. */
  @Nullable String decoded(int hot) {
    return decoded[hot];
  }

  double number(int hot) {
    return numbers[hot];
  }

  /** The details as ClickHouse can read them, when it cannot as they are; else null. */
  @Nullable String plain(byte[] bytes, int from, int to) {
    if (!odd) {
      return null;
    }
    try {
      Object value = plain(new JsonReader().reset(bytes, from, to).value());
      return new JsonWriter().value(value).toString();
    } catch (JsonException e) {
      return "{}";
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        map.forEach((key, each) -> plain.put((String) plain(key), plain(each)));
        yield plain;
      }
      case List<?> list -> {
        List<@Nullable Object> plain = new ArrayList<>();
        list.forEach(each -> plain.add(plain(each)));
        yield plain;
      }
      case Long whole -> whole;
      case Number number -> {
        double real = number.doubleValue();
        yield Double.isInfinite(real) ? Math.copySign(Double.MAX_VALUE, real) : (Object) real;
      }
      case String text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      case null, default -> value;
    };
  }
}
