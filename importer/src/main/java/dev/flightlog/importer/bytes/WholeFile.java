package dev.flightlog.importer.bytes;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;

/** What a file is that was read into memory as a whole. Stateless. */
public final class WholeFile {
  private WholeFile() {}

  /** True when the first line is an object of its own. */
  public static boolean isLines(byte[] bytes, int from) {
    JsonReader json = new JsonReader().reset(bytes, from, bytes.length);
    try {
      json.skip();
      boolean object = bytes[from] == '{';
      int end = json.position();
      return object && Recognition.start(bytes, end, bytes.length) < bytes.length;
    } catch (JsonException incomplete) {
      return false;
    }
  }

  /** True when the document is not complete, or damaged. */
  public static boolean isTorn(byte[] bytes, int from) {
    JsonReader json = new JsonReader().reset(bytes, from, bytes.length);
    try {
      json.skip();
      return false;
    } catch (JsonException torn) {
      return true;
    }
  }

  /** Why a document was refused: for this reason, or because it is not one. */
  public static String refusal(byte[] bytes, int from, String reason) {
    JsonReader json = new JsonReader().reset(bytes, from, bytes.length);
    try {
      json.skip();
      json.finish();
      return reason;
    } catch (JsonException damaged) {
      return "not a complete JSON document (" + damaged.getMessage() + ")";
    }
  }
}
