package dev.flightlog.patterns.digest;

import java.util.List;

/**
 * The names and versions of observers, as a text that is kept with what they found.
 *
 * @param text a line each
 */
record ObserverVersions(String text) {
  static ObserverVersions of(List<SessionObserver> observers) {
    StringBuilder out = new StringBuilder();
    for (SessionObserver observer : observers) {
      out.append(observer.name()).append(' ').append(observer.version()).append('\n');
    }
    return new ObserverVersions(out.toString());
  }

  /**
   * Whether these are of a newer program: versions only rise, and observers are added. Of two that
   * differ one is the newer, whoever asks.
   */
  boolean isNewerThan(ObserverVersions other) {
    long here = sum();
    long there = other.sum();
    return here == there ? text.compareTo(other.text) > 0 : here > there;
  }

  private long sum() {
    long sum = 0;
    for (String line : text.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      String number = words[words.length - 1];
      if (words.length == 2 && number.matches("\\d{1,9}")) {
        sum += Long.parseLong(number);
      }
    }
    return sum;
  }
}
