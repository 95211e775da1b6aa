package dev.flightlog.benchmarks.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who is compared, by name. */
enum Contenders {
  FLIGHTLOG("Flightlog written", true, true),
  JACKSON("Jackson, a flush a line", true, false),
  LOGBACK("Logback sync", true, false),
  LOG4J("Log4j2 sync", true, false),
  LOG4J_ASYNC("Log4j2 async", false, false),
  LOG4J_ASYNC_FLUSH("Log4j2 async, immediateFlush", false, false),
  LOGBACK_ASYNC("Logback async", false, false);

  private final String title;
  private final boolean survivesKill;
  private final boolean redacts;

  Contenders(String title, boolean survivesKill, boolean redacts) {
    this.title = title;
    this.survivesKill = survivesKill;
    this.redacts = redacts;
  }

  String title() {
    return title;
  }

  /** True when an event whose call has returned outlives {@code kill -9}. */
  boolean survivesKill() {
    return survivesKill;
  }

  boolean redacts() {
    return redacts;
  }

  /** Starts it; its files end in {@code .jsonl} below the folder. */
  Contender open(Path folder) throws IOException {
    return switch (this) {
      case FLIGHTLOG -> new FlightlogContender(folder);
      case JACKSON -> new JacksonContender(folder.resolve("jackson.jsonl"));
      case LOGBACK -> new LogbackContender(folder.resolve("logback.jsonl"), false);
      case LOGBACK_ASYNC -> new LogbackContender(folder.resolve("logback.jsonl"), true);
      case LOG4J -> new Log4jContender(folder.resolve("log4j.jsonl"), false, true);
      case LOG4J_ASYNC -> new Log4jContender(folder.resolve("log4j.jsonl"), true, false);
      case LOG4J_ASYNC_FLUSH -> new Log4jContender(folder.resolve("log4j.jsonl"), true, true);
    };
  }

  /** What its process is started with. */
  List<String> javaOptions() {
    List<String> options = new ArrayList<>(List.of("-Xms1g", "-Xmx1g"));
    if (this == LOG4J_ASYNC || this == LOG4J_ASYNC_FLUSH) {
      options.add(
          "-Dlog4j2.contextSelector=org.apache.logging.log4j.core.async.AsyncLoggerContextSelector");
    }
    return options;
  }
}
