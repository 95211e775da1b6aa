package dev.flightlog.recorder;

import dev.flightlog.event.Field;
import java.nio.charset.StandardCharsets;

/** The fields' keys as they stand in a line: quoted, with their colon. */
final class Keys {
  private static final byte[][] ALL = new byte[Field.count()][];

  static {
    for (int i = 0; i < ALL.length; i++) {
      ALL[i] = quoted(Field.at(i).wireName());
    }
  }

  private Keys() {}

  static byte[] of(Field field) {
    return ALL[field.ordinal()];
  }

  private static byte[] quoted(String name) {
    return ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
  }
}
