package dev.flightlog.home.checks;

/**
 * What was found about one part of a home.
 *
 * @param name what was looked at; scripts rely on it
 * @param ok false when somebody should do something
 * @param detail one sentence: what was found, and how to mend it
 */
public record Check(String name, boolean ok, String detail) {
  static Check ok(String name, String detail) {
    return new Check(name, true, detail);
  }

  static Check wrong(String name, String detail) {
    return new Check(name, false, detail);
  }
}
