package dev.flightlog.shipping.migration;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.files.Sha256;
import dev.flightlog.event.json.JsonWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A number for an event that no other event has: of all its fields, with the members of its details
 * in the order of their names. Stateless.
 */
final class EventHash {
  private static final int BYTES = 16;

  /** Sums of hashes are taken modulo this, so that their order is no matter. */
  static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(8 * BYTES);

  private EventHash() {}

  static BigInteger of(Event event) {
    JsonWriter out = new JsonWriter().beginObject();
    for (int i = 0; i < Field.count(); i++) {
      Field field = Field.at(i);
      Object value = event.get(field);
      if (value != null && field != Field.DETAILS) {
        out.key(field.wireName()).value(value);
      }
    }
    out.key(Field.DETAILS.wireName()).value(inOrder(event.details())).endObject();
    byte[] hash = Sha256.digest().digest(out.toByteArray());
    return new BigInteger(1, Arrays.copyOf(hash, BYTES));
  }

  private static @Nullable Object inOrder(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, each) -> sorted.put(String.valueOf(key), inOrder(each)));
        yield sorted;
      }
      case List<?> list -> {
        List<@Nullable Object> all = new ArrayList<>();
        list.forEach(each -> all.add(inOrder(each)));
        yield all;
      }
      case null, default -> value;
    };
  }

  /** In 32 hexadecimal digits. */
  static String text(BigInteger hash) {
    String digits = hash.toString(16);
    return "0".repeat(2 * BYTES - digits.length()) + digits;
  }
}
