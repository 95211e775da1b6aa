package dev.flightlog.stores.clickhouse.rows;

import dev.flightlog.store.Attribute;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of details that have a column of their own, because questions group by them and add them
 * up: everything else is looked up in the JSON. A column {@code present} has a bit for each, for a
 * value that is there and of another type.
 */
public enum HotDetail {
  TOOL("tool", true),
  MODEL("model", true),
  BILLING("billing", true),
  ERROR_TYPE("error_type", true),
  COST_USD("cost_usd", false),
  INPUT_TOKENS("input_tokens", false),
  OUTPUT_TOKENS("output_tokens", false),
  CACHE_READ_TOKENS("cache_read_tokens", false),
  CACHE_WRITE_TOKENS("cache_write_tokens", false),
  CACHE_WRITE_1H_TOKENS("cache_write_1h_tokens", false),
  WEB_SEARCHES("web_searches", false),
  WAITING_MS("waiting_ms", false);

  private static final HotDetail[] ALL = values();
  private static final HotDetail[][] BY_LENGTH = byLength();
  private static final HotDetail[] NONE = {};

  private final String key;
  private final boolean text;

  HotDetail(String key, boolean text) {
    this.key = key;
    this.text = text;
  }

  public String key() {
    return key;
  }

  /** Whether the column keeps texts; otherwise numbers. */
  public boolean isText() {
    return text;
  }

  public String column() {
    return "d_" + key;
  }

  /** Its bit in the column {@code present}. */
  public int bit() {
    return 1 << ordinal();
  }

  /** The column of a key; null when it has none. */
  public static @Nullable HotDetail of(Attribute.Detail detail) {
    for (HotDetail hot : ALL) {
      if (hot.key.equals(detail.key())) {
        return hot;
      }
    }
    return null;
  }

  static int count() {
    return ALL.length;
  }

  static HotDetail at(int ordinal) {
    return ALL[ordinal];
  }

  /** Those whose key has this many characters. */
  static HotDetail[] ofLength(int length) {
    return length < BY_LENGTH.length ? BY_LENGTH[length] : NONE;
  }

  private static HotDetail[][] byLength() {
    int longest = Arrays.stream(ALL).mapToInt(hot -> hot.key.length()).max().orElseThrow();
    HotDetail[][] lengths = new HotDetail[longest + 1][];
    for (int length = 0; length <= longest; length++) {
      int wanted = length;
      lengths[length] =
          Arrays.stream(ALL).filter(hot -> hot.key.length() == wanted).toArray(HotDetail[]::new);
    }
    return lengths;
  }
}
