package dev.flightlog.benchmarks.searching;

import java.util.List;

/**
 * One search of the benchmark's journals.
 *
 * @param text for Flightlog
 * @param match the same for FTS5
 */
record Sought(String name, String text, String match) {
  static final List<Sought> ALL =
      List.of(
          new Sought("frequent word", "lines", "lines"),
          new Sought("in every event", "story", "story"),
          new Sought("rare word", "service345 module12", "service345 AND module12"),
          new Sought("nowhere", "nowhereatall", "nowhereatall"),
          new Sought("phrase", "\"could not be used\"", "\"could not be used\""),
          new Sought("prefix", "serv*", "serv*"),
          new Sought("path", "file:module7/Service111.java", "\"module7 service111 java\""),
          new Sought("two words", "planning_agent toolarge", "\"planning agent\" AND toolarge"));
}
